import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAILURES, FAULT_CODES, PROBLEMS } from '../../lambdas/contract.ts';
import { typeScriptFiles } from './cruise.ts';

const SOURCES = typeScriptFiles('.', ['lambdas', 'lib'])
  .filter((file) => file !== 'lambdas/contract.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

it.each([...Object.keys(PROBLEMS), ...Object.keys(FAILURES), ...FAULT_CODES])(
  'the code %s is given by somebody',
  (code) => {
    expect(SOURCES).toContain(`'${code}'`);
  },
);
