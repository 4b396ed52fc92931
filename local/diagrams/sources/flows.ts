import type { Actor, Sequence, Step } from '../model.ts';

const ACTORS = {
  client: { id: 'client', kind: 'client', title: 'client' },
  enqueue: { id: 'enqueue', kind: 'lambda', title: 'enqueue' },
  status: { id: 'status', kind: 'lambda', title: 'status' },
  jobs: { id: 'jobs', kind: 'table', title: 'jobs table' },
  queue: { id: 'queue', kind: 'queue', title: 'job queue' },
  worker: { id: 'worker', kind: 'lambda', title: 'worker' },
  second: { id: 'second', kind: 'lambda', title: 'worker, attempt 2' },
  bucket: { id: 'bucket', kind: 'bucket', title: 'bucket' },
  sweeper: { id: 'sweeper', kind: 'lambda', title: 'sweeper' },
  deadLetter: { id: 'deadLetter', kind: 'lambda', title: 'dead-letter' },
  redrive: { id: 'redrive', kind: 'lambda', title: 'redrive' },
  notify: { id: 'notify', kind: 'lambda', title: 'notify' },
  callback: { id: 'callback', kind: 'lambda', title: 'callback' },
  callbacks: { id: 'callbacks', kind: 'queue', title: 'callback queue' },
  receiver: { id: 'receiver', kind: 'program', title: 'receiver' },
} as const satisfies Record<string, Actor>;

type Name = keyof typeof ACTORS;
const actors = (...names: Name[]): Actor[] => names.map((name) => ACTORS[name]);
const call = (from: Name, to: Name, text: string): Step => ({ from, to, text });
const reply = (from: Name, to: Name, text: string): Step => ({ from, to, text, reply: true });

const happyPath: Sequence = {
  name: 'flow-happy-path',
  title: 'A job that goes well',
  width: 1000,
  actors: actors('client', 'enqueue', 'jobs', 'queue', 'worker', 'bucket'),
  steps: [
    call('client', 'enqueue', 'POST /generate'),
    call('enqueue', 'jobs', 'put if there is no such id'),
    call('enqueue', 'queue', 'send {jobId, generation}'),
    call('enqueue', 'jobs', 'markSent: look again later'),
    reply('enqueue', 'client', '202, id, Location'),
    call('queue', 'worker', 'deliver'),
    call('worker', 'jobs', 'claim: processing, attempt 1, lease'),
    call('worker', 'bucket', 'parts, while rows are rendered'),
    call('worker', 'jobs', 'stage: size, SHA-256, rows, warnings'),
    call('worker', 'bucket', 'commit, If-None-Match: *'),
    call('worker', 'jobs', 'finishDone'),
    call('client', 'jobs', 'GET /status/{id}: one read; the link is signed on the spot'),
    call('client', 'bucket', 'download by the link'),
  ],
};

const duplicatePost: Sequence = {
  name: 'flow-duplicate-post',
  title: 'The same request posted twice',
  width: 1000,
  actors: actors('client', 'enqueue', 'jobs', 'queue'),
  steps: [
    call('client', 'enqueue', 'POST, Idempotency-Key: k'),
    call('enqueue', 'jobs', 'put id = hash(tenant, k), if there is none'),
    { from: 'enqueue', to: 'client', text: '202 is lost on the way', reply: true, lost: true },
    call('client', 'enqueue', 'POST again, the same key'),
    call('enqueue', 'jobs', 'put, if there is none'),
    reply('jobs', 'enqueue', 'refused; here is the row that stands'),
    {
      when: [
        {
          title: 'the same request hash',
          steps: [
            reply('enqueue', 'client', '202, the same id, Idempotent-Replayed: true'),
            { note: 'Had nothing been sent before, the sweeper sends within two minutes.', over: 'queue' },
          ],
        },
        { title: 'another request', steps: [reply('enqueue', 'client', '422 IDEMPOTENCY_KEY_REUSED')] },
      ],
    },
  ],
};

const duplicateDelivery: Sequence = {
  name: 'flow-duplicate-delivery',
  title: 'The same message delivered twice',
  width: 1000,
  actors: actors('queue', 'worker', 'second', 'jobs', 'bucket'),
  steps: [
    call('queue', 'worker', 'deliver'),
    call('worker', 'jobs', 'claim: attempt 1, lease'),
    call('queue', 'second', 'the same message once more'),
    call('second', 'jobs', 'claim'),
    reply('jobs', 'second', 'refused: the lease is live'),
    reply('second', 'queue', 'acknowledged: nothing done, no receive burnt'),
    call('worker', 'jobs', 'stage: size, SHA-256, rows, warnings'),
    call('worker', 'bucket', 'commit, If-None-Match: *'),
    call('worker', 'jobs', 'finishDone'),
    { note: 'A third delivery meets a row that has ended, and is acknowledged as well.', over: 'jobs' },
  ],
};

const workerKilled: Sequence = {
  name: 'flow-worker-killed',
  title: 'A worker killed in mid-file',
  width: 1040,
  actors: actors('sweeper', 'queue', 'worker', 'second', 'jobs', 'bucket'),
  steps: [
    call('worker', 'jobs', 'claim: attempt 1, lease until t'),
    call('worker', 'bucket', 'parts 1 to n'),
    { killed: 'worker', text: 'killed' },
    { note: 'After t nobody is alive: sweepAt was set to t by the claim.', over: 'jobs' },
    call('sweeper', 'jobs', 'what is overdue?'),
    call('sweeper', 'queue', 'send'),
    call('queue', 'second', 'deliver'),
    call('second', 'jobs', 'claim: attempt 2'),
    call('second', 'bucket', 'is a staged file there already?'),
    {
      when: [
        {
          title: 'yes: killed between commit and finish',
          steps: [call('second', 'jobs', 'finishDone, with the staged facts')],
        },
        {
          title: 'no',
          steps: [call('second', 'bucket', 'render, upload, commit'), call('second', 'jobs', 'finishDone')],
        },
      ],
    },
    {
      when: [
        {
          title: 'if attempt 1 was only slow, not dead',
          steps: [
            call('worker', 'bucket', 'commit'),
            reply('bucket', 'worker', '412: a file stands; own parts taken back'),
            call('worker', 'jobs', 'any write'),
            reply('jobs', 'worker', 'refused: another attempt holds it'),
          ],
        },
      ],
    },
  ],
};

const redrive: Sequence = {
  name: 'flow-redrive',
  title: 'A failed job opened again',
  width: 1000,
  actors: actors('client', 'redrive', 'jobs', 'queue', 'worker', 'bucket'),
  steps: [
    call('worker', 'jobs', 'finishError: a code, and whether to try again'),
    call('client', 'jobs', 'GET /status/{id}: error'),
    { note: 'What was wrong is mended.', over: 'client' },
    call('client', 'redrive', 'POST /status/{id}/redrive'),
    call('redrive', 'jobs', 'redrive: queued, generation + 1, attempt 0'),
    call('redrive', 'queue', 'send {jobId, generation 2}'),
    call('redrive', 'jobs', 'markSent: look again later'),
    call('queue', 'worker', 'deliver'),
    call('worker', 'jobs', 'claim of generation 2'),
    { note: 'Idempotency key and object key hold the generation: no old outcome comes back.', over: 'worker' },
    call('worker', 'bucket', 'commit under a key of its own'),
    call('worker', 'jobs', 'finishDone'),
    { note: 'A late message of generation 1 is refused by the claim.', over: 'jobs' },
  ],
};

const expiredLink: Sequence = {
  name: 'flow-expired-link',
  title: 'A link that has expired',
  width: 1000,
  actors: actors('client', 'status', 'jobs', 'bucket'),
  steps: [
    call('client', 'bucket', 'GET by a link of this morning'),
    reply('bucket', 'client', '403: links live for 15 minutes'),
    call('client', 'status', 'GET /status/{id}'),
    call('status', 'jobs', 'one consistent read'),
    {
      when: [
        {
          title: 'the report is kept',
          steps: [
            call('status', 'status', 'sign, without a call'),
            reply('status', 'client', '200, a new link'),
            call('client', 'bucket', 'GET: the file'),
          ],
        },
        { title: 'its retention is over', steps: [reply('status', 'client', '410 GONE, no link')] },
      ],
    },
  ],
};

const callback: Sequence = {
  name: 'flow-callback',
  title: 'A callback',
  width: 1060,
  actors: actors('worker', 'jobs', 'notify', 'callbacks', 'callback', 'sweeper', 'receiver'),
  steps: [
    call('worker', 'jobs', 'finishDone: callback pending'),
    call('jobs', 'notify', 'stream'),
    call('notify', 'callbacks', 'send'),
    call('callbacks', 'callback', 'deliver'),
    call('callback', 'receiver', 'signed POST'),
    reply('receiver', 'callback', '503'),
    call('callback', 'jobs', 'recordCallback: try 1, the next one in 5 s'),
    call('callback', 'callbacks', 'waits up to a minute: here'),
    call('sweeper', 'callbacks', 'longer ones, and lost ones'),
    call('callbacks', 'callback', 'deliver'),
    call('callback', 'receiver', 'signed POST, the same webhook-id'),
    reply('receiver', 'callback', '204'),
    call('callback', 'jobs', 'recordCallback: delivered'),
    { note: 'After eight tries in some 27 hours: failed, and a copy in the callback dead letters.', over: 'callback' },
  ],
};

export const flows: readonly Sequence[] = [
  happyPath,
  duplicatePost,
  duplicateDelivery,
  workerKilled,
  redrive,
  expiredLink,
  callback,
];
