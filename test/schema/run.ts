/**
 * `npm run test:schema`: deploys the local stage and calls every operation of its description a thousand times, with
 * what the description allows and what it does not; then posts the bodies of JSONTestSuite. Options go to `st run`: `npm run test:schema -- -n 50`.
 */
import { quietenSdk } from '../../local/credentials.ts';
import { openEndpoint } from '../../local/endpoint.ts';
import { SetupError } from '../../local/setup-error.ts';
import { deployTo } from '../../local/stack.ts';
import { BODIES, postBodies } from './bodies.ts';
import { runSchemathesis } from './schemathesis.ts';

async function main(): Promise<number> {
  const endpoint = await openEndpoint();
  try {
    const { api } = await deployTo(endpoint);
    const options = ['--max-examples', '1000', ...process.argv.slice(2)];
    const { passed } = await runSchemathesis(api, options, (text) => process.stdout.write(text));
    const wrong = await postBodies(api, BODIES);
    console.log(`JSONTestSuite: ${BODIES.length} bodies, ${wrong.length} answered wrongly`);
    for (const line of wrong) console.log(`  ${line}`);
    return passed && wrong.length === 0 ? 0 : 1;
  } finally {
    await endpoint.own?.stop();
  }
}

quietenSdk();
main().then(process.exit, (error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
});
