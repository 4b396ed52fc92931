import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cliPage } from '../../../local/docs/cli.ts';

it('the screens of the command line are as the page shows them: run `npm run docs`', () => {
  expect(readFileSync('docs/cli.md', 'utf8')).toBe(cliPage());
});
