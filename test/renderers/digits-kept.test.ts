import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import type { Row } from '../../lambdas/domain/rendering.ts';
import { jsonOf } from '../../lambdas/runtime/body.ts';
import { apiEvent } from '../support/api-event.ts';
import * as pdf from './pdf/support.ts';
import * as xlsx from './xlsx/support.ts';

/** A body as it arrives, whose numbers are more than a double holds. */
const ID = '2916334247900527532';
const BODY = `{"format":"xlsx","title":"Ids","columns":[{"key":"t"},{"key":"i","type":"integer"}],"rows":[[${ID},${ID}]]}`;

/** Its table, as a worker is given it. */
function table(): xlsx.TestTable {
  const [first] = parseRequest(jsonOf(apiEvent({ body: BODY }))).tables;
  return { columns: first?.columns ?? [], rows: (first?.rows ?? []) as readonly Row[] };
}

describe('a 64-bit id that was sent as a number', () => {
  it('stands in a workbook with every digit, and columns of numbers tell that it is text', async () => {
    const workbook = await xlsx.render({ tables: [table()] });
    expect([...xlsx.cellXml(workbook).values()].filter((cell) => cell.includes(`>${ID}<`))).toHaveLength(2);
    expect(xlsx.warned(workbook)).toEqual({ VALUE_KEPT_AS_TEXT: 1 });
  });

  it.skipIf(!pdf.POPPLER)('stands in a PDF with every digit', async () => {
    const document = await pdf.render({ tables: [table()] });
    expect(pdf.textOf(document).join().split(ID)).toHaveLength(3);
  });
});
