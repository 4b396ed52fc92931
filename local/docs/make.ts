/** `npm run docs`: writes the pages that are made of the source. Tests keep them equal to it. */
import { writeFileSync } from 'node:fs';
import { ROOT } from '../paths.ts';
import { cliPage } from './cli.ts';
import { limitsPage } from './limits.ts';
import { openApiDocument } from './openapi/document.ts';
import { apiPage } from './openapi/page.ts';

writeFileSync(`${ROOT}/docs/limits.md`, limitsPage());
writeFileSync(`${ROOT}/docs/openapi.json`, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
writeFileSync(`${ROOT}/docs/api.md`, apiPage());
writeFileSync(`${ROOT}/docs/cli.md`, cliPage());
