import { COMMON_ENVIRONMENT, ENVIRONMENT, type FunctionName } from '../../lambdas/contract.ts';

/** Of keys for which `1` would not do. */
const VALUES: Readonly<Record<string, string>> = {
  AUTH: 'iam',
  CALLBACK_POLICY: 'public',
  REPORT_SOURCES: '{"tables":{},"buckets":{},"services":{}}',
  JWT_RULES:
    '{"issuers":[{"issuer":"https://issuer.example","audience":["quire"]}],"tenantClaim":"tenant","readScope":"","writeScope":""}',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/1/jobs',
};

/** What Lambda would hand a function over, as far as it reads it while it starts. */
export function startEnvironment(name: FunctionName): Record<string, string> {
  return {
    ...Object.fromEntries([...ENVIRONMENT[name], ...COMMON_ENVIRONMENT].map((key) => [key, VALUES[key] ?? '1'])),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
