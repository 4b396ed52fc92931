import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../lambdas/datasets/csv/dialect.ts';

describe('the delimiter', () => {
  it.each([
    ['comma', 'a,b,c\n1,2,3\n', ','],
    ['semicolon with decimal commas', 'a;b\n1,5;2,5\n3,5;4,5\n', ';'],
    ['semicolon with decimal commas and no header', '1,5;2,5\n3,5;4,5\n', ';'],
    ['tab', 'a\tb\nx, y\tz; w\n', '\t'],
    ['bar', 'a|b\n1,2|3\n4,5|6\n', '|'],
    ['comma with other signs in quotes', 'a,b\n"x;y","1;2"\n"z",3\n', ','],
    ['comma with a semicolon in one header', 'a,b;c,d\n1,2,3\n4,5,6\n', ','],
    ['comma with a line that lacks a field', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', ','],
    ['comma with a quote left open', 'a,b\n1,2\n"3,4\n5,6\n', ','],
    ['comma where there is only one column', 'name\nAnn\nBob\n', ','],
    ['comma in an empty file', '', ','],
    ['one line without an end', 'a;b;c', ';'],
  ])('%s is detected', (_, head, delimiter) => {
    expect(dialectOf(head, undefined, true)).toEqual({ delimiter, skip: 0 });
  });

  it('is taken from a line that says so, which is no record', () => {
    expect(dialectOf('sep=;\r\na,b;c\r\n', undefined, true)).toEqual({ delimiter: ';', skip: 7 });
    expect(dialectOf('SEP=\t\na\tb\n', undefined, true)).toEqual({ delimiter: '\t', skip: 6 });
    expect(dialectOf('sep=;x\n1;2\n', undefined, true).skip).toBe(0);
  });

  it('is the one that was asked for, whatever the file says', () => {
    expect(dialectOf('sep=;\na,b\n', ',', true)).toEqual({ delimiter: ',', skip: 6 });
  });
});
