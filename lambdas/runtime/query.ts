import type { APIGatewayProxyEvent } from 'aws-lambda';
import { faultOf } from '../domain/issues.ts';
import { Problem } from '../domain/problems.ts';

type Asked = Pick<APIGatewayProxyEvent, 'queryStringParameters'> &
  Partial<Pick<APIGatewayProxyEvent, 'multiValueQueryStringParameters'>>;

/**
 * The parameters of the query string, each by its name.
 * @throws Problem `INVALID_QUERY` where one is given twice: whichever counted, somebody would be surprised
 */
export function queryOf({ queryStringParameters, multiValueQueryStringParameters }: Asked): Record<string, string> {
  const repeated = Object.entries(multiValueQueryStringParameters ?? {}).filter(
    ([, values]) => (values?.length ?? 0) > 1,
  );
  if (repeated.length > 0) {
    const faults = repeated.map(([name]) =>
      faultOf({ path: [name], code: 'INVALID_VALUE', message: 'must be given once' }),
    );
    throw new Problem('INVALID_QUERY', `${faults[0]?.pointer}: must be given once`, { faults });
  }
  const given = Object.entries(queryStringParameters ?? {});
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']));
}
