import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestHash } from '../../lambdas/domain/canonical.ts';
import { isNoDouble, parseExactly } from '../../lambdas/domain/exact-json.ts';

const cellOf = (number: string) => (parseExactly(`{"rows":[[${number}]]}`) as { rows: unknown[][] }).rows[0]?.[0];

describe('a number that a double would change', () => {
  it.each([
    '2916334247900527532',
    '-2916334247900527532',
    '9007199254740993',
    '123456789012345678901234567890',
    '0.1234567890123456789',
    '12345678901234567.89',
    '1234567890.12345678e10',
    '1e-400',
    '1.2345678901e-318',
    '9.007199254740993e15',
    '9.007199254740993e+15',
    '-9.007199254740993E15',
  ])('is given as its digits: %s', (number) => expect(cellOf(number)).toBe(number));

  it('makes two bodies that differ in its last digit two requests', () => {
    const [one, two] = ['2916334247900527532', '2916334247900527533'].map((id) => parseExactly(`{"id": ${id}}`));
    expect(requestHash(one)).not.toBe(requestHash(two));
  });

  it('is found wherever it stands, and text beside it stays as it is', () => {
    const text =
      '{"a\\\\":[1,9007199254740993 ,"[9007199254740993]\\"",\n-9007199254740993,{"9007199254740993": 0.5}]}';
    expect(parseExactly(text)).toEqual({
      'a\\': [1, '9007199254740993', '[9007199254740993]"', '-9007199254740993', { '9007199254740993': 0.5 }],
    });
  });
});

describe('a number that a double holds', () => {
  it.each([
    ['9007199254740992', 9007199254740992],
    ['9007199254740994', 9007199254740994],
    ['10000000000000000000000', 1e22],
    ['0.30000000000000004', 0.1 + 0.2],
    ['1.0000000000000000000', 1],
    ['0.00000000000000000012', 1.2e-19],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['5e-324', Number.MIN_VALUE],
    ['-0.0000000000000000000', -0],
  ])('stays one: %s', (text, number) => expect(cellOf(text)).toBe(number));

  it('is the same whatever JSON it stands in', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseExactly(`[1e-400,${text}]`)).toEqual(['1e-400', JSON.parse(text)]);
      }),
    );
  });

  it('beyond all doubles is text for readers who ask for that, and nothing else is', () => {
    const json = '[1e400, 1e+400, 1E4000,7,0.5,[ 9007199254740993]]';
    expect(parseExactly(json, isNoDouble)).toEqual(['1e400', '1e+400', '1E4000', 7, 0.5, ['9007199254740993']]);
  });

  it('beyond all doubles stays a number that is not finite, and is refused for that', () => {
    expect(cellOf('1e999')).toBe(Number.POSITIVE_INFINITY);
    expect(cellOf(`1${'0'.repeat(400)}`)).toBe(Number.POSITIVE_INFINITY);
  });
});
