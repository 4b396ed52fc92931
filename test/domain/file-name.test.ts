import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../lambdas/domain/content-disposition.ts';
import { fileNameFor } from '../../lambdas/domain/file-name.ts';

describe('a file name', () => {
  it.each([
    ['Sales by region', 'Sales by region.xlsx'],
    ['sales.xlsx', 'sales.xlsx'],
    ['Q1/Q2: "final"?', 'Q1 Q2 final.xlsx'],
    ['../../etc/passwd', 'etc passwd.xlsx'],
    ['CON', 'report.xlsx'],
    ['...', 'report.xlsx'],
    ['a\r\nSet-Cookie: b', 'a Set-Cookie b.xlsx'],
    ['収支報告', '収支報告.xlsx'],
    ['evil\u202Excod.exe', 'evil xcod.exe.xlsx'],
    ['گزارش می\u200cخواهم', 'گزارش می\u200cخواهم.xlsx'],
    ['ශ්\u200dරී ලංකා', 'ශ්\u200dරී ලංකා.xlsx'],
    ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧.xlsx'],
    ['\u200d a\u200c', 'a.xlsx'],
    ['\u200b\u200d', 'report.xlsx'],
    ['Silben\u00adtrennung', 'Silbentrennung.xlsx'],
    ['e\u0301te\u0301', 'été.xlsx'],
    ['Aux armes', 'Aux armes.xlsx'],
    ['com10', 'com10.xlsx'],
    ['falcon', 'falcon.xlsx'],
    ['Sales of the year.XLSX', 'Sales of the year.xlsx'],
    ['Report . .', 'Report.xlsx'],
    ['a\u200d\u200d b', 'a b.xlsx'],
    ['a \u200d\u200db', 'a b.xlsx'],
    ['a'.repeat(100), `${'a'.repeat(100)}.xlsx`],
    ['a'.repeat(101), `${'a'.repeat(100)}.xlsx`],
    [`${'漢'.repeat(82)}ééx`, `${'漢'.repeat(82)}éé.xlsx`],
    ['aux2024', 'aux2024.xlsx'],
  ])('made from %j is %j', (wanted, name) => expect(fileNameFor(wanted, 'xlsx')).toBe(name));

  it.each(['aux.2024', 'NUL.tar', 'nul .tar', 'COM¹', 'lpt².txt', 'CONIN$', 'conout$', 'Prn', 'COM0'])(
    'is never a device of Windows: %s',
    (wanted) => expect(fileNameFor(wanted, 'pdf')).toBe('report.pdf'),
  );

  it.each([
    ['漢', 3],
    ['👨\u200d👩\u200d👧', 18],
    ['q\u0308', 3],
  ])('of many %s is cut between two of them, at 255 bytes or 100 characters', (character, bytes) => {
    const kept = Math.min(100, Math.floor((255 - '.xlsx'.length) / bytes));
    expect(fileNameFor(character.repeat(200), 'xlsx')).toBe(`${character.repeat(kept)}.xlsx`);
  });

  it('is legal on every system and short enough for an object key, whatever was asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (wanted) => {
        const name = fileNameFor(wanted, 'pdf');
        expect(name).toMatch(/^[^\p{Cc}\p{Cs}/\\:*?"<>|]+\.pdf$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/^[. ]/);
      }),
    );
  });
});

describe('a content disposition', () => {
  it('gives the name in ASCII and in full', () => {
    expect(contentDisposition("Rücklagen 'Q4' (1).pdf")).toBe(
      `attachment; filename="R_cklagen 'Q4' (1).pdf"; filename*=UTF-8''R%C3%BCcklagen%20%27Q4%27%20%281%29.pdf`,
    );
  });

  it('spares what an ASCII name would be read by, and escapes in the other what no token may hold', () => {
    expect(contentDisposition('a"b\\c%d*e.pdf')).toBe(
      `attachment; filename="a_b_c_d*e.pdf"; filename*=UTF-8''a%22b%5Cc%25d%2Ae.pdf`,
    );
  });

  it('is one header line that gives the name back, for every name that can occur', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (wanted) => {
        const name = fileNameFor(wanted, 'pdf');
        const header = contentDisposition(name);
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        expect(decodeURIComponent(/UTF-8''(.*)$/.exec(header)?.[1] ?? '')).toBe(name);
        expect(header.match(/"/g)).toHaveLength(2);
      }),
    );
  });
});
