import type { World } from './world.ts';

/** What a caller may write into a request: in the name of another, about another call, or about a body that is none. */
const LIES: readonly ((world: World) => Record<string, string>)[] = [
  // API Gateway takes this for the request's id, which is then the same for two calls.
  () => ({ 'X-Amzn-RequestId': 'chosen-by-the-caller' }),
  ({ table, random }) => ({ 'X-Amzn-RequestId': random.pick(table.all())?.acceptId ?? 'none' }),
  ({ posts, random }) => ({ 'X-Tenant-Id': random.pick(posts)?.tenant ?? 'none', 'X-Amz-User-Arn': 'billing' }),
  ({ table, random }) => ({ 'X-Job-Id': random.pick(table.all())?.id ?? 'none', 'X-Generation': '7' }),
  () => ({ 'Content-Length': '1', 'Content-MD5': 'none', ETag: '"none"', 'If-None-Match': '*' }),
  () => ({ 'X-Forwarded-For': '127.0.0.1', Host: 'another.example', 'X-HTTP-Method-Override': 'DELETE' }),
];

/** Headers that nobody may act upon; none, where the caller is honest. */
export function lies(world: World): Record<string, string> {
  if (!world.random.chance(world.scenario.lies)) return {};
  return Object.assign({}, ...LIES.filter(() => world.random.chance(0.5)).map((lie) => lie(world)));
}
