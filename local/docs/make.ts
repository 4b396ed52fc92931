/** `npm run docs`: writes the pages that are made of the source. Tests keep them equal to it. */
import { writeFileSync } from 'node:fs';
import { ROOT } from '../paths.ts';
import { limitsPage } from './limits.ts';

writeFileSync(`${ROOT}/docs/limits.md`, limitsPage());
