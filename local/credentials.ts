/** Emulators take any credentials; these belong to nobody. The region is that of the emulators' default account. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** What an AWS SDK client needs to speak to an emulator, whatever this process's environment says. */
export function clientOptions(endpoint: string) {
  return { endpoint, region: REGION, credentials: CREDENTIALS };
}

/**
 * The environment of a child that speaks to an emulator: this process's, with every AWS setting replaced, so that neither
 * the user's credentials nor a profile nor a certificate bundle gets in.
 */
export function childEnvironment(endpoint: string): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => !entry[0].startsWith('AWS_'));
  return {
    ...Object.fromEntries(kept),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

/** On Node 20 the SDK announces versions of itself that are not the pinned ones; that helps nobody who reads our output. */
export function quietenSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
