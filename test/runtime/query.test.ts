import { expect, it } from 'vitest';
import { queryOf } from '../../lambdas/runtime/query.ts';

it('the parameters of a query come by their names', () => {
  expect(queryOf({ queryStringParameters: null })).toEqual({});
  expect(queryOf({ queryStringParameters: { a: '1', b: undefined } })).toEqual({ a: '1', b: '' });
});

it('a parameter that is given twice is refused at its place', () => {
  const twice = { queryStringParameters: { a: '2' }, multiValueQueryStringParameters: { a: ['1', '2'] } };
  const faults = [{ pointer: '/a', code: 'INVALID_VALUE', detail: 'must be given once' }];
  expect(() => queryOf(twice)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY', faults }));
});
