import { LIMITS } from '../../../lambdas/domain/limits.ts';

/** As many as go into a body of the largest size, between what stands around them. */
function filled(before: string, item: string, after: string): string {
  const count = Math.floor((LIMITS.bodyBytes - before.length - after.length) / (item.length + 1));
  return `${before}${Array(count).fill(item).join(',')}${after}`;
}

const HEAD = '{"format":"xlsx","title":"T","columns":[{"key":"a"}],"rows":[';
const members = Array.from({ length: 300_000 }, (_, i) => `"m${i}":1`).join(',');

/** Bodies of 4 MiB that become as much as possible: of each kind of thing that JSON knows, in each place of a request. */
export const LARGEST_BODIES: Readonly<Record<string, () => string>> = {
  'empty rows': () => filled(HEAD, '[]', ']}'),
  'rows of one number': () => filled(HEAD, '[1]', ']}'),
  'rows of one digit in text': () => filled(HEAD, '["1"]', ']}'),
  'rows by key': () => filled(HEAD, '{"a":1}', ']}'),
  'rows of one 19-digit number': () => filled(HEAD, '[2916334247900527532]', ']}'),
  'one row of lists': () => filled(`${HEAD}[`, '[]', ']]}'),
  'one row of objects': () => filled(`${HEAD}[`, '{}', ']]}'),
  'one text': () => `${HEAD}["${'x'.repeat(LIMITS.bodyBytes - 100)}"]]}`,
  escapes: () => `${HEAD}["${'\\u0001'.repeat((LIMITS.bodyBytes - 100) / 6)}"]]}`,
  'unknown members': () => `{${members}}`,
  'unknown members of a row': () => `${HEAD}{${members}}]}`,
  columns: () => filled('{"format":"xlsx","title":"T","rows":[],"columns":[', '{"key":"a"}', ']}'),
  'empty tables': () => filled('{"format":"xlsx","title":"T","tables":[', '{}', ']}'),
  'nested lists': () => `${HEAD}${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}]}`,
  'nested objects': () => `{"layout":${'{"a":'.repeat(690_000)}1${'}'.repeat(690_000)}}`,
  'no JSON': () => '['.repeat(LIMITS.bodyBytes),
  'a key': () => `{"${'k'.repeat(LIMITS.bodyBytes - 10)}":1}`,
};
