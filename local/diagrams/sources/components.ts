// Longer than a file should be: one picture, to be read whole.
import type { Access, Arrow, Board, Card, Point } from '../model.ts';

/** Columns: outside, routes, functions that answer, queues, functions that work. */
const X = { outside: 16, route: 196, answer: 376, queue: 622, work: 824 } as const;
const WIDTH = { route: 156, answer: 214, queue: 150, work: 202 } as const;
const HEIGHT = 82;
const ROUTE_HEIGHT = 24;
const PITCH = 98;

/** What the longest route needs beyond its column: everything to the right of it moves on by as much. */
const MORE = 96;
const CUT = 360;

interface Lambda {
  readonly title: string;
  readonly duty: string;
  readonly resource: string;
  readonly uses?: Readonly<Record<string, Access>>;
}

/** The functions behind the API, from top to bottom, with their routes. */
const DOORS: readonly (Lambda & { readonly id: string; readonly routes: readonly string[] })[] = [
  {
    id: 'enqueue',
    title: 'enqueue',
    routes: ['POST /generate'],
    duty: 'puts the row, sends',
    resource: 'Enqueue',
    uses: { jobs: 'rw', queue: 'w', bucket: 'rw' },
  },
  {
    id: 'status',
    title: 'status',
    routes: ['GET /status/{id}', 'GET /download/{id}'],
    duty: 'one read, signs the link',
    resource: 'Status',
    uses: { jobs: 'r', bucket: 'r' },
  },
  {
    id: 'cancel',
    title: 'cancel',
    routes: ['DELETE /status/{id}'],
    duty: 'ends a job, or asks to',
    resource: 'CancelFunction',
    uses: { jobs: 'rw' },
  },
  {
    id: 'list',
    title: 'list',
    routes: ['GET /status'],
    duty: 'lists jobs by their keys',
    resource: 'List',
    uses: { jobs: 'r' },
  },
  {
    id: 'redrive',
    title: 'redrive',
    routes: ['POST /status/{id}/redrive'],
    duty: 'opens a failed job again',
    resource: 'RedriveFunction',
    uses: { jobs: 'rw', queue: 'w', bucket: 'r' },
  },
  {
    id: 'shares',
    title: 'shares',
    routes: ['POST /status/{id}/shares', 'GET /status/{id}/shares', 'DELETE /status/{id}/shares/{shareId}'],
    duty: 'makes and revokes links',
    resource: 'SharesFunction',
    uses: { jobs: 'rw' },
  },
  {
    id: 'files',
    title: 'files',
    routes: ['GET /files/{token}'],
    duty: 'counts, signs; asks nobody',
    resource: 'SharesFiles',
    uses: { jobs: 'rw', bucket: 'r' },
  },
  {
    id: 'datasets',
    title: 'datasets',
    routes: ['POST /datasets', 'GET /datasets/{id}'],
    duty: 'signs uploads',
    resource: 'Datasets',
    uses: { bucket: 'rw' },
  },
  {
    id: 'callbackSecret',
    title: 'callback-secret',
    routes: ['GET /callbacks/secret'],
    duty: 'shows a tenant its keys',
    resource: 'CallbackSecret',
    uses: { secret: 'r' },
  },
  {
    id: 'openApi',
    title: 'open-api',
    routes: ['GET /openapi.json'],
    duty: 'describes the API',
    resource: 'OpenApi',
  },
];

const row = (number: number): number => 66 + number * PITCH;
const LAST = DOORS.length - 1;
/** Where the upper zones end, and the tops of what lies below them. */
const UPPER_END = row(LAST) + HEIGHT + 10;
const TELLING = [UPPER_END + 42, UPPER_END + 146] as const;
const KEPT = UPPER_END + 268;

function lambda(id: string, at: Point, { title, duty, resource, uses = {} }: Lambda): Card {
  const width = at[0] === X.work ? WIDTH.work : WIDTH.answer;
  return { id, kind: 'lambda', at, size: [width, HEIGHT], title, duty, resource, uses };
}

interface Door {
  readonly cards: readonly Card[];
  readonly arrows: readonly Arrow[];
}

/** A function behind the API and its routes, side by side; the first row leaves room for the API itself. */
function door(number: number): Door {
  const { id, routes, ...told } = DOORS[number] as (typeof DOORS)[number];
  const first = number === 0;
  const step = Math.min(36, (HEIGHT + 12) / routes.length);
  const top = first ? 144 : row(number) + (HEIGHT - step * (routes.length - 1) - ROUTE_HEIGHT) / 2;
  const cards = routes.map(
    (title, i): Card => ({
      id: `${id}-route-${i}`,
      kind: 'route',
      at: [X.route, top + i * step],
      size: [WIDTH.route + MORE, ROUTE_HEIGHT],
      title,
    }),
  );
  const arrows = cards.map(
    (card): Arrow => ({
      from: card.id,
      to: id,
      out: 'right',
      in: ['left', first ? 20 : card.at[1] + ROUTE_HEIGHT / 2 - row(number) - HEIGHT / 2],
      ...(first && {
        via: [
          [364, 156],
          [364, 127],
        ],
      }),
    }),
  );
  return { cards: [...cards, lambda(id, [X.answer, row(number)], told)], arrows };
}

const doors = DOORS.map((_, number) => door(number));

/** The picture as if every route were short. */
const narrow: Board = {
  name: 'components',
  title: 'Components of Quire',
  size: [1060, KEPT + 132],
  legend:
    'On a function: what its role may touch – r reads, w writes or sends, c consumes. Dashed: by a signed link, by time, or when all tries are used.',
  frames: [
    { title: 'AWS account, one region', at: [180, 12], size: [870, KEPT + 86], style: 'border' },
    { title: 'REST API', at: [188, 38], size: [172, UPPER_END - 38], style: 'zone' },
    { title: 'answers calls', at: [368, 38], size: [230, UPPER_END - 38], style: 'zone' },
    { title: 'makes reports', at: [606, 38], size: [436, UPPER_END - 38], style: 'zone' },
    { title: 'tells the end, and what goes wrong', at: [188, UPPER_END + 14], size: [854, 218], style: 'zone' },
    { title: 'keeps', at: [188, UPPER_END + 242], size: [854, 112], style: 'zone' },
  ],
  cards: [
    {
      id: 'client',
      kind: 'client',
      at: [X.outside, 170],
      size: [144, 82],
      title: 'client',
      duty: 'signs, or bears a token: that is its tenant',
    },
    { id: 'receiver', kind: 'program', at: [X.outside + 30, TELLING[0] + 17], size: [118, 48], title: 'receiver' },
    { id: 'operator', kind: 'person', at: [X.outside + 30, TELLING[1] + 14], size: [118, 48], title: 'operator' },
    {
      id: 'api',
      kind: 'api',
      at: [X.route, 66],
      size: [WIDTH.route, 56],
      title: 'API Gateway',
      duty: 'IAM or tokens',
      resource: 'ApiRest',
    },
    ...doors.flatMap(({ cards }) => cards),
    {
      id: 'queue',
      kind: 'queue',
      at: [X.queue, row(0)],
      size: [WIDTH.queue, HEIGHT],
      title: 'job queue',
      duty: 'fair by tenant; holds ids only',
      resource: 'QueueJobs',
    },
    lambda('worker', [X.work, row(0)], {
      title: 'worker',
      duty: 'claims, renders, commits',
      resource: 'Worker',
      uses: { jobs: 'rw', bucket: 'rw', queue: 'c', idempotency: 'rw' },
    }),
    {
      id: 'deadLetters',
      kind: 'queue',
      at: [X.queue, row(1) + 30],
      size: [WIDTH.queue, 70],
      title: 'dead letters',
      duty: 'what nobody took',
      resource: 'QueueDeadLetters',
    },
    lambda('deadLetter', [X.work, row(1) + 24], {
      title: 'dead-letter',
      duty: 'ends what is beyond help',
      resource: 'DeadLetter',
      uses: { jobs: 'rw', bucket: 'r', deadLetters: 'c' },
    }),
    {
      id: 'everyMinute',
      kind: 'bus',
      at: [X.queue, row(LAST) - 16],
      size: [WIDTH.queue, 58],
      title: 'schedule',
      duty: 'every minute',
      resource: 'SweeperEveryMinute',
    },
    lambda('sweeper', [X.work, row(LAST) - 28], {
      title: 'sweeper',
      duty: 'sends what is overdue',
      resource: 'Sweeper',
      uses: { jobs: 'rw', queue: 'w', callbacks: 'w', bucket: 'rw' },
    }),
    lambda('notify', [X.work, TELLING[0]], {
      title: 'notify',
      duty: 'sees a job end',
      resource: 'Notify',
      uses: { jobs: 'c', callbacks: 'w', bus: 'w', callbackDeadLetters: 'w' },
    }),
    {
      id: 'callbacks',
      kind: 'queue',
      at: [X.queue - 26, TELLING[0] + 12],
      size: [160, 58],
      title: 'callback queue',
      duty: 'first tries, waits',
      resource: 'CallbackQueueCallbacks',
    },
    lambda('callback', [X.answer - 20, TELLING[0]], {
      title: 'callback',
      duty: 'posts, signed',
      resource: 'CallbackFunction',
      uses: { jobs: 'rw', callbacks: 'wc', secret: 'r', callbackDeadLetters: 'w' },
    }),
    {
      id: 'callbackDeadLetters',
      kind: 'queue',
      at: [X.queue - 40, TELLING[1] + 8],
      size: [188, 60],
      title: 'callback dead letters',
      short: 'callback dead',
      duty: 'for a person',
      resource: 'CallbackQueueDeadLetters',
    },
    {
      id: 'bus',
      kind: 'bus',
      at: [X.work, TELLING[1] + 8],
      size: [146, 60],
      title: 'event bus',
      short: 'bus',
      duty: 'the account’s default',
    },
    {
      id: 'topic',
      kind: 'topic',
      at: [232, TELLING[1] + 8],
      size: [134, 60],
      title: 'topic',
      duty: 'wakes a person',
      resource: 'WatchTopic',
    },
    {
      id: 'alarms',
      kind: 'alarm',
      at: [386, TELLING[1] + 8],
      size: [180, 60],
      title: 'alarms, dashboard',
      duty: 'each has its runbook',
    },
    {
      id: 'bucket',
      kind: 'bucket',
      at: [204, KEPT],
      size: [208, 76],
      title: 'bucket',
      duty: 'requests, datasets, reports: the file is the commit',
      resource: 'ReportsBucket',
    },
    {
      id: 'secret',
      kind: 'secret',
      at: [428, KEPT],
      size: [176, 76],
      title: 'master secret',
      short: 'secret',
      duty: 'all callback keys are derived from it',
      resource: 'CallbackQueueSecret',
    },
    {
      id: 'idempotency',
      kind: 'table',
      at: [620, KEPT],
      size: [186, 76],
      title: 'idempotency table',
      short: 'idempotency',
      duty: 'Powertools: saves work, decides nothing',
      resource: 'IdempotencyTable',
    },
    {
      id: 'jobs',
      kind: 'table',
      at: [824, KEPT],
      size: [202, 76],
      title: 'jobs table',
      short: 'jobs',
      duty: 'a row for each job: the truth',
      resource: 'JobsTable',
    },
  ],
  arrows: [
    {
      from: 'client',
      to: 'api',
      out: ['right', -14],
      in: 'left',
      via: [
        [176, 197],
        [176, 94],
      ],
    },
    ...doors.flatMap(({ arrows }) => arrows),
    { from: 'enqueue', to: 'queue', out: 'right', in: 'left' },
    { from: 'queue', to: 'worker', out: 'right', in: 'left' },
    { from: 'queue', to: 'deadLetters', out: 'bottom', in: 'top', text: ['after 5 receives'], style: 'time' },
    { from: 'deadLetters', to: 'deadLetter', out: 'right', in: 'left' },
    { from: 'everyMinute', to: 'sweeper', out: 'right', in: 'left', style: 'time' },
    {
      from: 'sweeper',
      to: 'queue',
      out: ['left', -24],
      in: ['right', 20],
      via: [
        [798, row(LAST) - 11],
        [798, 127],
      ],
      text: ['sends', 'again'],
      textAt: [798, 320],
    },
    {
      from: 'sweeper',
      to: 'callbacks',
      out: ['bottom', -80],
      in: ['top', 60],
      via: [
        [845, UPPER_END - 10],
        [736, UPPER_END - 10],
      ],
    },
    {
      from: 'jobs',
      to: 'notify',
      out: 'right',
      in: 'right',
      via: [
        [1034, KEPT + 38],
        [1034, TELLING[0] + 41],
      ],
      text: ['its stream'],
      textAt: [1002, TELLING[1] + 66],
    },
    { from: 'notify', to: 'callbacks', out: 'left', in: 'right' },
    { from: 'notify', to: 'bus', out: ['bottom', -28], in: 'top' },
    { from: 'callbacks', to: 'callback', out: 'left', in: 'right' },
    {
      from: 'callbacks',
      to: 'callbackDeadLetters',
      out: 'bottom',
      in: 'top',
      text: ['after 5 receives'],
      style: 'time',
    },
    {
      from: 'callback',
      to: 'receiver',
      out: 'left',
      in: 'right',
      text: ['signed POST'],
      textAt: [258, TELLING[0] + 41],
    },
    { from: 'alarms', to: 'topic', out: 'left', in: 'right' },
    { from: 'topic', to: 'operator', out: 'left', in: 'right' },
    {
      from: 'client',
      to: 'bucket',
      out: ['bottom', -58],
      in: 'left',
      via: [[30, KEPT + 38]],
      text: ['signed links: uploads', 'and downloads'],
      textAt: [100, KEPT + 4],
      style: 'link',
    },
  ],
};

const movedOn = ([x, y]: Point): Point => [x >= CUT ? x + MORE : x, y];

/** Everything that the stack is made of: each resource once, what it is there for, and what its role may touch. */
export const components: Board = {
  ...narrow,
  size: [narrow.size[0] + MORE, narrow.size[1]],
  frames: (narrow.frames ?? []).map((frame) => ({
    ...frame,
    at: movedOn(frame.at),
    size: frame.at[0] < CUT && frame.at[0] + frame.size[0] >= CUT ? [frame.size[0] + MORE, frame.size[1]] : frame.size,
  })),
  cards: narrow.cards.map((card) => ({ ...card, at: movedOn(card.at) })),
  arrows: narrow.arrows.map((arrow) => ({
    ...arrow,
    ...(arrow.via && { via: arrow.via.map(movedOn) }),
    ...(arrow.textAt && { textAt: movedOn(arrow.textAt) }),
  })),
};
