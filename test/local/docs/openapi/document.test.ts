import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../../../lambdas/contract.ts';
import { openApiDocument } from '../../../../local/docs/openapi/document.ts';
import { apiPage } from '../../../../local/docs/openapi/page.ts';
import { ROUTES } from '../../../../local/docs/openapi/routes.ts';

const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

/** Routes that answer with the address of a file, as a JSON pointer writes them. */
const MOVED = ROUTES.filter(({ answers }) => '302' in answers).map(({ route }) =>
  route.replace('GET ', '').replaceAll('/', '~1'),
);

/** What the recommended rules of Redocly find, the examples that do not fit their schemas among it. */
async function findings(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  // What leads somewhere else has no 2XX: its success is a 302.
  const isMoved = (pointer = '') => pointer.endsWith('/get/responses') && MOVED.some((path) => pointer.includes(path));
  const real = problems.filter(
    ({ ruleId, location }) => ruleId !== 'operation-2xx-response' || !isMoved(location[0]?.pointer),
  );
  return real.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
}

describe('the description of the API', () => {
  it('is committed as it is made: run `npm run docs`', () => {
    expect(readFileSync('docs/openapi.json', 'utf8')).toBe(text);
    expect(readFileSync('docs/api.md', 'utf8')).toBe(apiPage());
  });

  it('breaks none of the recommended rules, and its examples fit their schemas', async () => {
    expect(await findings(text)).toEqual([]);
  });

  it('would be found out if an example did not fit', async () => {
    const spoiled = text.replace('"status": "queued",\n', '"status": "waiting",\n');
    expect(spoiled).not.toBe(text);
    expect((await findings(spoiled)).join('\n')).toMatch(/no-invalid-media-type-examples/);
  });

  it('names every code of the one table', () => {
    const unnamed = Object.keys(PROBLEMS).filter((code) => !text.includes(`"code": "${code}"`));
    expect(unnamed).toEqual([]);
  });

  it('lets an answer come to have more members, and a request none', () => {
    const { schemas } = openApiDocument().components as { schemas: Record<string, Record<string, unknown>> };
    expect(schemas.Job).not.toHaveProperty('additionalProperties');
    expect(schemas.Column).toHaveProperty('additionalProperties', false);
    expect(text).not.toContain('"readOnly"');
  });
});
