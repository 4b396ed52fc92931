import { expect, it } from 'vitest';
import { pdfRenderer } from '../../../lambdas/renderers/pdf/index.ts';
import { xlsxRenderer } from '../../../lambdas/renderers/xlsx/index.ts';
import { readPdf, readXlsx } from '../../emulator/readers.ts';

const REPORT = {
  title: 'Airports',
  parameters: [
    { label: 'State', value: 'CA' },
    { label: 'Seit', value: 'Über <5 & "x"' },
  ],
  locale: 'en-US',
  timeZone: 'UTC',
  tables: [{ columns: [{ key: 'a', label: 'Code', type: 'text' as const }] }],
  layout: {},
};

async function rendered(renderer: typeof pdfRenderer, format: 'xlsx' | 'pdf'): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const sink = { write: async (chunk: Uint8Array) => void chunks.push(chunk) };
  async function* rows() {
    yield [['SFO']];
  }
  const context = { signal: new AbortController().signal, createdAt: new Date(0) };
  await renderer.render({ ...REPORT, format }, [rows()], sink, context);
  return Buffer.concat(chunks);
}

it('the parameters that a report was made with stand below its title, in both formats', async () => {
  const [sheet = []] = Object.values(await readXlsx(await rendered(xlsxRenderer, 'xlsx')));
  const first = sheet.map(([cell]) => cell);
  expect(first.filter((cell) => cell !== null)).toEqual([
    'Airports',
    'State: CA',
    'Seit: Über <5 & "x"',
    'Code',
    'SFO',
  ]);
  const [page = ''] = await readPdf(await rendered(pdfRenderer, 'pdf'));
  expect(page.indexOf('State: CA')).toBeGreaterThan(page.indexOf('Airports'));
  expect(page.indexOf('Seit: Über <5 & "x"')).toBeLessThan(page.indexOf('SFO'));
});
