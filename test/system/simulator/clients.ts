import type { Service } from './service.ts';
import type { Posted, World } from './world.ts';

const TENANTS = ['orders', 'billing'] as const;
/** Stands in titles and rows, and must never stand in a log line or in an error. */
export const CANARY = 'canary-7f3a';
const PATIENCE_MILLISECONDS = 12_000;
const TRIES = 8;

/** The callers: each has one report to get, some of them impatient or confused. */
export function startClients(world: World, service: Service): void {
  const { random, timeline, scenario } = world;
  for (let i = 0; i < scenario.jobs; i += 1) {
    const posted = newPost(world, `key-${i}`);
    const start = random.between(0, scenario.stormSeconds * 1000);
    timeline.after(start, () => insist(world, service, posted, TRIES));
    if (!random.chance(scenario.repeat)) continue;
    for (let copies = random.whole(1, 4); copies > 0; copies -= 1) {
      timeline.after(start + random.between(0, 200), () => insist(world, service, posted, 1));
    }
    const other = newPost(world, posted.key, posted.tenant);
    timeline.after(start + random.between(0, 200), () => insist(world, service, other, 1));
  }
}

function newPost(world: World, key: string, tenant?: string): Posted {
  const { random, scenario } = world;
  const rows = random.whole(...scenario.rows);
  const json = {
    format: 'xlsx',
    title: `${CANARY} ${rows} rows`,
    reference: String(world.posts.length),
    columns: [{ key: 'n', type: 'integer' }, { key: 'text' }],
    rows: Array.from({ length: rows }, (_, n) => ({ n, text: `${CANARY} ${'x'.repeat(n * 3)}` })),
  };
  const posted = { tenant: tenant ?? random.pick(TENANTS) ?? 'orders', key, json, rows, accepted: [], refusals: [] };
  world.posts.push(posted);
  return posted;
}

/** Posts, and posts again under the same key while there is no answer. */
function insist(world: World, service: Service, posted: Posted, tries: number): void {
  const before = posted.accepted.length;
  const refused = (cause: unknown) => posted.refusals.push(codeOf(cause));
  void service.post(posted, posted.json).catch(refused);
  world.timeline.after(PATIENCE_MILLISECONDS, () => {
    const isAnswered = posted.accepted.length > before || posted.refusals.includes('IDEMPOTENCY_KEY_REUSED');
    if (!isAnswered && tries > 1) insist(world, service, posted, tries - 1);
  });
}

function codeOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.name : typeof cause;
}
