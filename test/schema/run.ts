/**
 * `npm run test:schema`: deploys the local stage and calls every operation of its description a thousand times, with
 * what the description allows and what it does not. Options go to `st run`: `npm run test:schema -- -n 50`.
 */
import { quietenSdk } from '../../local/credentials.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import { SetupError } from '../../local/setup-error.ts';
import { deployTo } from '../../local/stack.ts';
import { runSchemathesis } from './schemathesis.ts';

async function main(): Promise<number> {
  const endpoint = await openEndpoint();
  try {
    const { api } = await deployTo(endpoint);
    const options = ['--max-examples', '1000', ...process.argv.slice(2)];
    const { passed } = await runSchemathesis(api, options, (text) => process.stdout.write(text));
    return passed ? 0 : 1;
  } finally {
    await endpoint.own?.stop();
  }
}

quietenSdk();
main().then(process.exit, (error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
});
