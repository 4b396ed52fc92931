import type { JobView } from '../../../lambdas/domain/answers.ts';
import { type Behaviour, HOPELESS } from './behaviour.ts';
import type { Service } from './service.ts';
import { uploadRows } from './uploads.ts';
import type { Posted, World } from './world.ts';

const TENANTS = ['orders', 'billing'] as const;
/** Stands in titles and rows, and must never stand in a log line or in an error. */
export const CANARY = 'canary-7f3a';
const PATIENCE_MILLISECONDS = 12_000;

/** The callers: each has one report to get, some of them impatient or confused. */
export function startClients(world: World, service: Service): void {
  const { random, timeline, scenario } = world;
  for (let i = 0; i < scenario.jobs; i += 1) {
    const posted = newPost(world, `key-${i}`);
    const start = random.between(0, scenario.stormSeconds * 1000);
    timeline.after(start, () => insist(world, service, posted, scenario.tries));
    if (!random.chance(scenario.repeat)) continue;
    for (let copies = random.whole(1, 4); copies > 0; copies -= 1) {
      timeline.after(start + random.between(0, 200), () => insist(world, service, posted, 1));
    }
    const other = newPost(world, posted.key, { tenant: posted.tenant });
    timeline.after(start + random.between(0, 200), () => insist(world, service, other, 1));
    // The same key in another tenant's hand is another key.
    const foreign = newPost(world, posted.key, { tenant: TENANTS.find((tenant) => tenant !== posted.tenant) ?? '' });
    timeline.after(start + random.between(0, 200), () => insist(world, service, foreign, 1));
  }
}

interface Wish {
  readonly tenant?: string;
  readonly behaviour?: Behaviour;
  readonly rows?: number;
}

/** A request, as the dice or the wish want it. */
export function newPost(world: World, key: string, wish: Wish = {}): Posted {
  const { random, scenario } = world;
  const drawn = random.chance(scenario.hopeless) ? (random.pick(HOPELESS) ?? 'whole') : 'whole';
  const behaviour = wish.behaviour ?? drawn;
  // Hopeless requests go wrong at their second row, so they have one.
  const rows = wish.rows ?? Math.max(random.whole(...scenario.rows), behaviour === 'whole' ? 0 : 3);
  const padding = random.chance(scenario.large) ? 9_000 : 0;
  const owner = wish.tenant ?? random.pick(TENANTS) ?? 'orders';
  const isValidated = behaviour === 'whole' && random.chance(scenario.validate);
  const isUploaded = random.chance(scenario.uploads);
  const json = {
    format: 'xlsx',
    title: `${CANARY} ${behaviour} ${rows} rows`,
    reference: String(world.posts.length),
    ...(isValidated && { validate: true }),
    columns: [{ key: 'n', type: 'integer' }, { key: 'text' }],
    ...(isUploaded
      ? { dataset: { id: uploadRows(world, owner, rows, CANARY), format: 'csv', maxBadCells: 1_000 } }
      : { rows: Array.from({ length: rows }, (_, n) => ({ n, text: rowText(n, padding) })) }),
  };
  const post: Posted = { tenant: owner, key, json, behaviour, ...untold() };
  world.posts.push(post);
  return post;
}

/** A client that was told nothing yet. */
export function untold(): Pick<Posted, 'accepted' | 'refusals' | 'views' | 'cancels' | 'leaks'> {
  return { accepted: [], refusals: [], views: [], cancels: [], leaks: [] };
}

function rowText(n: number, padding: number): string {
  return `${CANARY} ${'x'.repeat(n * 3 + (n ? 0 : padding))}`;
}

/** Posts, and posts again under the same key while there is no answer. */
export function insist(world: World, service: Service, posted: Posted, tries: number): void {
  const before = posted.accepted.length;
  void service.post(posted).then(
    (id) => watch(world, service, posted, id),
    (cause: unknown) => posted.refusals.push(codeOf(cause)),
  );
  world.timeline.after(PATIENCE_MILLISECONDS, () => {
    const isAnswered = posted.accepted.length > before || posted.refusals.includes('IDEMPOTENCY_KEY_REUSED');
    if (!isAnswered && tries > 1) insist(world, service, posted, tries - 1);
  });
}

const POLLS = 12;
const FIRST_POLL_MILLISECONDS = 2_000;
/** Longer than most reports take. */
const CHANGE_OF_MIND_MILLISECONDS = 60_000;

/** Polls ever more rarely, as `Retry-After` asks, and lets a stranger try the same id. */
function watch(world: World, service: Service, posted: Posted, id: string): void {
  if (posted.accepted.length > 1) return;
  world.timeline.after(FIRST_POLL_MILLISECONDS, () => {
    poll(world, service, posted, id, 1);
    void pry(() => service.look(id, strangerTo(posted)), posted);
  });
  changeOnesMind(world, service, posted, id);
}

/** Some want their report no more, at any time, and some of those say so twice; a stranger may not say it at all. */
function changeOnesMind({ random, timeline, scenario }: World, service: Service, posted: Posted, id: string): void {
  if (!random.chance(scenario.cancel)) return;
  const wish = () => void cancel(service, posted, id);
  timeline.after(random.between(0, CHANGE_OF_MIND_MILLISECONDS), wish);
  if (random.chance(0.5)) timeline.after(random.between(0, CHANGE_OF_MIND_MILLISECONDS), wish);
  void pry(() => service.cancel(id, strangerTo(posted)), posted);
}

async function cancel(service: Service, posted: Posted, id: string): Promise<void> {
  // Whoever is never answered has wished it all the same.
  posted.cancels.push({ id, told: 'wished' });
  const told = await service.cancel(id, posted.tenant).catch(codeOf);
  posted.cancels.push({ id, told });
}

function poll(world: World, service: Service, posted: Posted, id: string, nth: number): void {
  let isLate = false;
  const keep = (view: JobView) => {
    // A late answer tells of a time before the next poll's: it is no news, and no step back either.
    if (!isLate) posted.views.push(view);
  };
  void service.look(id, posted.tenant).then(keep, () => undefined);
  world.timeline.after(FIRST_POLL_MILLISECONDS * 1.6 ** nth, () => {
    isLate = true;
    if (nth < POLLS) poll(world, service, posted, id, nth + 1);
  });
}

function strangerTo(posted: Posted): string {
  return TENANTS.find((tenant) => tenant !== posted.tenant) ?? '';
}

async function pry(attempt: () => Promise<unknown>, posted: Posted): Promise<void> {
  try {
    await attempt();
    posted.leaks.push('a view');
  } catch (cause) {
    const code = codeOf(cause);
    if (code !== 'NOT_FOUND' && code !== 'Outage') posted.leaks.push(code);
  }
}

export function codeOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.name : typeof cause;
}
