import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferColumns } from '../../lambdas/datasets/infer-columns.ts';
import { numberSigns } from '../../lambdas/datasets/values/numbers.ts';
import type { Cell } from '../../lambdas/domain/cells.ts';
import { conventionsOf } from '../../lambdas/renderers/values/locale.ts';
import { read } from './support.ts';

function infer(cells: readonly Cell[], name: string | undefined = 'x', locale = 'en-US') {
  const conventions = conventionsOf(locale);
  const rules = { locale: conventions, timeZone: 'UTC', signs: numberSigns(conventions, undefined) };
  return inferColumns([{ name, cells }], rules)[0];
}

describe('a column that is not described', () => {
  it.each([
    ['integer', 'x', ['1', '-2', '1,234', null]],
    ['number', 'x', ['1', '2.5', '1,234.50']],
    ['percent', 'x', ['12%', '3.5 %', '-1%']],
    ['date', 'x', ['2026-11-26', '11/27/2026']],
    ['datetime', 'x', ['2026-11-26T10:00:00Z', '2026-11-27']],
    ['boolean', 'x', ['true', 'False', 'YES']],
    ['url', 'x', ['https://a.example/', 'http://b.example/c?d']],
    ['text', 'x', ['a', '1']],
    ['text', 'x', [null, '', null]],
    ['integer', 'x', [1, 2, null]],
    ['number', 'x', [1, 2.5]],
    ['boolean', 'x', [true, false]],
    ['text', 'x', [1, 'a']],
    ['text', 'leading zeros', ['007', '012']],
    ['text', 'a decimal with leading zeros', ['00.5', '01.5']],
    ['integer', 'a zero', ['0', '10']],
    ['number', 'a fraction', ['0.5', '0.25']],
    ['text', 'international phone numbers', ['+4930123456', '+5511912345678']],
    ['text', 'digits of one length', ['4155550132', '2125550187']],
    ['text', 'cards', ['4111111111111111', '5500005555555559']],
    ['text', 'ids that no double holds', ['9007199254740993', '1']],
    ['text', 'Phone', ['5550132', '5550187']],
    ['text', 'zip', ['10115', '80331']],
    ['text', 'Customer CPF', ['11144477735']],
    ['text', 'product codes', ['1E5', '2E7']],
    ['text', 'versions', ['1.2.3', '1.10.0']],
    ['text', 'times', ['10:30', '11:45']],
    ['text', 'mail', ['a@b.example', 'c@d.example']],
    ['text', 'script links', ['javascript:alert(1)']],
    ['integer', 'telephones sold', ['12', '1,200']],
  ] as const)('is %s: %s', (type, name, cells) => {
    expect(infer(cells, name)?.type).toBe(type);
  });

  it('is read by the locale', () => {
    expect(infer(['1.234,56', '7,5'], 'x', 'pt-BR')?.type).toBe('number');
    expect(infer(['26/11/2026'], 'x', 'pt-BR')?.type).toBe('date');
    expect(infer(['26/11/2026'], 'x', 'en-US')?.type).toBe('text');
  });

  it('of years and ids is shown without groups, of amounts with them', () => {
    expect(infer(['2024', '2026'])).toEqual({ key: 'x', type: 'integer', format: '0' });
    expect(infer(['17', '18'], 'Customer id')).toMatchObject({ type: 'integer', format: '0' });
    expect(infer(['17', '18'], 'Quantity')).toEqual({ key: 'Quantity', type: 'integer' });
  });

  it('gets a key of its own', async () => {
    const { columns } = await read('csv', 'Price, Price ,,\n1,2,3,4\n');
    expect(columns.map(({ key, label }) => [key, label])).toEqual([
      ['Price', undefined],
      ['Price 2', 'Price'],
      ['Column 3', undefined],
      ['Column 4', undefined],
    ]);
  });
});

describe('the decimal sign of a file', () => {
  const brazilian = { locale: 'pt-BR' };

  it("is the locale's", async () => {
    const { rows } = await read('csv', 'a;b\n1.234,5;1.250\n2;3.000\n', brazilian);
    expect(rows).toEqual([
      [1234.5, 1250],
      [2, 3000],
    ]);
  });

  it('is a point where the file can be read in no other way', async () => {
    const { rows } = await read('csv', 'a,b\n1234.5,1.250\n2.75,3.000\n', brazilian);
    expect(rows).toEqual([
      [1234.5, 1.25],
      [2.75, 3],
    ]);
  });

  it('is what the request says', async () => {
    const spec = { decimal: '.' as const };
    expect((await read('csv', 'a\n1.250\n', { ...brazilian, spec })).rows).toEqual([[1.25]]);
  });
});

describe('what reads rows', () => {
  it('needs no Node, except to unpack them', () => {
    const root = join(import.meta.dirname, '../../lambdas');
    const files = ['datasets', 'renderers/values', 'domain'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))),
    );
    const sources = files.filter((file) => file.endsWith('.ts'));
    const bound = sources.filter((file) =>
      /from 'node:|\bBuffer\b|\bprocess\./.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(bound.filter((file) => !file.startsWith('domain/'))).toEqual(['datasets/decompress.ts']);
  });
});
