/**
 * `npm run ops`: what an operator does to a stack by hand, with the operator's own credentials. Nothing here is part of
 * what is deployed.
 */
import { parseArgs } from 'node:util';
import { eraseJobs, eraseTenant } from './erase.ts';
import { redriveJobs } from './redrive.ts';
import { findService, type Service } from './service.ts';

const USAGE = `npm run ops -- redrive --stack Quire-prod <jobId> …         opens failed jobs again
npm run ops -- erase --stack Quire-prod <jobId> …           erases jobs with all that belongs to them
npm run ops -- erase-tenant --stack Quire-prod <tenant>     erases everything of a tenant`;

const COMMANDS: Readonly<Record<string, (service: Service, words: readonly string[]) => Promise<boolean>>> = {
  redrive: (service, ids) => redriveJobs(ids, service, say),
  erase: (service, ids) => eraseJobs(ids, service, say),
  'erase-tenant': (service, [tenant = '']) => eraseTenant(tenant, service, say),
};

function say(text: string): void {
  console.log(text);
}

async function main(): Promise<number> {
  const options = { stack: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = '', ...words] = positionals;
  const command = COMMANDS[name];
  if (values.help || command === undefined || values.stack === undefined || words.length === 0) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  return (await command(await findService(values.stack), words)) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  },
);
