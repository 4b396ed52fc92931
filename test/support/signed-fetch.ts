import type { SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';

/** A `fetch` that signs for API Gateway with the credentials and the region of an SDK client. */
export function signedFetch({ config }: SQSClient) {
  return async (url: string | Request, init?: RequestInit): Promise<Response> => {
    const [credentials, region] = await Promise.all([config.credentials(), config.region()]);
    return new AwsClient({ ...credentials, region, service: 'execute-api', retries: 0 }).fetch(url, init);
  };
}
