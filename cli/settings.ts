import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliError } from './exit.ts';

/** Where the service is and how calls to it are signed. */
export interface Settings {
  readonly address: string;
  readonly auth: 'iam' | 'token' | 'none';
  readonly token: string | undefined;
  readonly region: string | undefined;
}

export interface Flags {
  readonly address?: string | undefined;
  readonly auth?: string | undefined;
  readonly token?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const AUTHS = ['iam', 'token', 'none'] as const;

/**
 * What a flag says, else the environment, else the profile of the configuration file.
 *
 * @throws CliError where nobody says where the service is, or a profile is not there
 */
export function readSettings(flags: Flags, environment: Environment): Settings {
  const profile = readProfile(flags.profile ?? environment.QUIRE_PROFILE, environment);
  const address = flags.address ?? environment.QUIRE_ADDRESS ?? profile.address;
  if (!address || !URL.canParse(address)) {
    throw new CliError(
      'usage',
      `Where is the service? Say --address https://…, or set QUIRE_ADDRESS. (It is: ${address || 'not said'}.)`,
    );
  }
  const token = flags.token ?? environment.QUIRE_TOKEN ?? profile.token;
  const auth = flags.auth ?? environment.QUIRE_AUTH ?? profile.auth ?? assumedAuth(address, token);
  const known = AUTHS.find((each) => each === auth);
  if (known === undefined) throw new CliError('usage', `--auth takes ${AUTHS.join(', ')}, not "${auth}".`);
  const region =
    flags.region ?? environment.QUIRE_REGION ?? profile.region ?? regionOf(address) ?? environment.AWS_REGION;
  return { address, auth: known, token, region };
}

/** Nobody signs for a service on the machine itself; every other one asks for it. */
function assumedAuth(address: string, token: string | undefined): Settings['auth'] {
  if (token !== undefined) return 'token';
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname) ? 'none' : 'iam';
}

function regionOf(address: string): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\.amazonaws\./.exec(new URL(address).hostname)?.[1];
}

/** `$XDG_CONFIG_HOME/quire/config.json`: `{"profiles": {"default": {"address": "https://…"}}}` */
export function configFile(environment: Environment): string {
  return (
    environment.QUIRE_CONFIG ?? join(environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'quire/config.json')
  );
}

function readProfile(name: string | undefined, environment: Environment): Partial<Record<keyof Settings, string>> {
  const file = configFile(environment);
  const profiles = profilesIn(file);
  const profile = profiles[name ?? 'default'];
  if (profile !== undefined) return profile;
  if (name === undefined) return {};
  const there = Object.keys(profiles).join(', ') || 'none';
  throw new CliError('usage', `There is no profile "${name}" in ${file}; there is: ${there}.`);
}

function profilesIn(file: string): Readonly<Record<string, Partial<Record<keyof Settings, string>>>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    return JSON.parse(text).profiles ?? {};
  } catch (cause) {
    throw new CliError('usage', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
