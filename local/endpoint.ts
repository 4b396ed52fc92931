import { answers, type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
import { SetupError } from './setup-error.ts';

const HEALTH = { ministack: '/_ministack/health', localstack: '/_localstack/health' } as const;

export type EmulatorKind = keyof typeof HEALTH;

/** Where the stack goes: an emulator that was running already, or one of our own. Never an AWS account. */
export interface Endpoint {
  readonly url: string;
  readonly kind: EmulatorKind;
  /** Present when the emulator was started here and has to be stopped here. */
  readonly own?: Emulator;
}

/**
 * The emulator that answers on `AWS_ENDPOINT_URL`, which is then left as it is, or a new one when the variable is not set.
 *
 * @throws SetupError when the variable names something that is not an emulator
 */
export async function openEndpoint(options: EmulatorOptions = {}): Promise<Endpoint> {
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) return { url: given.replace(/\/+$/, ''), kind: await recognise(given) };
  const own = await startEmulator(options);
  return { url: own.url, kind: 'ministack', own };
}

/** Only what answers as an emulator is taken: a run for one machine must not end up in an account. */
async function recognise(url: string): Promise<EmulatorKind> {
  for (const kind of Object.keys(HEALTH) as EmulatorKind[]) {
    if (URL.canParse(HEALTH[kind], url) && (await answers(new URL(HEALTH[kind], url).href))) return kind;
  }
  throw new SetupError(
    `AWS_ENDPOINT_URL is ${url}, where neither MiniStack nor LocalStack answers: start the emulator, or unset the variable so that one is started for you (to deploy to an AWS account, use "npx cdk deploy").`,
  );
}
