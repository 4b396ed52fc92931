// Longer than a file should be: one drawing, in which every arrow has to be seen beside the others.
import type { Arrow, Board, Card, Point, Port } from '../model.ts';

const state = (id: string, at: Point, size: Point, duty: string): Card => ({
  id,
  kind: 'state',
  at,
  size,
  title: id,
  duty,
});

/** An arrow whose first lines are the names of its transitions, then who makes them and when. */
function edge(
  from: string,
  to: string,
  [out, end]: readonly [Port, Port],
  told: Pick<Arrow, 'via' | 'text' | 'textAt' | 'bold'>,
): Arrow {
  const { bold = 1, text = [] } = told;
  const names = text.slice(0, bold).join(' ').split(', ');
  return { from, to, out, in: end, ...told, bold, transitions: names.filter((name) => name !== 'accept') };
}

/** The state machine of a job: each arrow is a conditional write of `lambdas/domain/transitions.ts`. */
export const states: Board = {
  name: 'states',
  title: 'The states of a job',
  size: [1030, 760],
  legend:
    'Each arrow is one conditional write: its name and who may make it, then the condition. Nothing else moves a job.',
  frames: [{ title: 'open: in the sweep index', at: [104, 14], size: [576, 470], style: 'zone' }],
  cards: [
    { id: 'start', kind: 'start', at: [22, 204], size: [20, 20], title: '' },
    state('queued', [134, 190], [146, 88], 'accepted; a message is on its way'),
    state('processing', [472, 190], [170, 88], 'an attempt holds it, until its lease ends'),
    { ...state('done', [808, 112], [166, 84], 'the file stands; the row tells its facts'), kind: 'end' },
    { ...state('error', [808, 312], [166, 84], 'a code says why, and whether to try again'), kind: 'end' },
    { ...state('cancelled', [808, 496], [166, 84], 'as its client wished; no file is left'), kind: 'end' },
    { id: 'open', kind: 'route', at: [200, 430], size: [266, 28], title: 'nobody alive: queued, or lease over' },
  ],
  arrows: [
    edge('start', 'queued', ['right', ['left', -20]], {
      text: ['accept', 'enqueue', 'no such id yet'],
      textAt: [56, 172],
    }),
    edge(
      'open',
      'open',
      [
        ['top', -50],
        ['top', 50],
      ],
      {
        via: [
          [283, 402],
          [383, 402],
        ],
        text: ['markSent, sendFailed', 'enqueue, sweeper', 'sweepAt is as it was read'],
        textAt: [333, 368],
      },
    ),
    edge('queued', 'processing', ['right', 'left'], {
      text: ['claim', 'worker: attempt + 1', 'tries < 3, back-off over'],
    }),
    edge(
      'processing',
      'processing',
      [
        ['top', -70],
        ['top', -25],
      ],
      {
        via: [
          [487, 152],
          [532, 152],
        ],
        text: ['heartbeat, stage, giveBack, giveBackUncounted', 'worker', 'attempt is mine'],
        textAt: [376, 118],
      },
    ),
    edge(
      'processing',
      'processing',
      [
        ['top', 25],
        ['top', 70],
      ],
      {
        via: [
          [582, 152],
          [627, 152],
        ],
        text: ['requestCancel', 'cancel, for the client', 'attempt and lease as read'],
        textAt: [596, 118],
      },
    ),
    edge(
      'processing',
      'processing',
      [
        ['bottom', -75],
        ['bottom', -5],
      ],
      {
        via: [
          [482, 318],
          [552, 318],
        ],
        text: ['claim', 'the next worker: attempt + 1', 'lease over or given back, tries < 3'],
        textAt: [517, 348],
      },
    ),
    edge('processing', 'done', [['right', -22], 'left'], {
      via: [
        [760, 212],
        [760, 154],
      ],
      bold: 2,
      text: ['finishDone,', 'finishValidated', 'worker', 'attempt is mine'],
      textAt: [742, 98],
    }),
    edge('processing', 'error', [['right', 22], 'left'], {
      via: [
        [738, 256],
        [738, 354],
      ],
      text: ['finishError', 'worker', 'attempt is mine'],
      textAt: [738, 304],
    }),
    edge(
      'processing',
      'cancelled',
      [
        ['bottom', 75],
        ['left', -34],
      ],
      {
        via: [[632, 504]],
        text: ['finishCancelled', 'worker', 'attempt is mine, and asked'],
        textAt: [722, 535],
      },
    ),
    edge(
      'queued',
      'cancelled',
      [
        ['bottom', -50],
        ['left', 30],
      ],
      {
        via: [[157, 568]],
        text: ['cancelQueued', 'cancel, for the client', 'nobody has taken it'],
        textAt: [480, 568],
      },
    ),
    edge('open', 'error', ['right', 'bottom'], {
      via: [[891, 444]],
      text: ['rescueError', 'sweeper, dead-letter', 'too old, or no try left, and no file'],
      textAt: [768, 444],
    }),
    edge(
      'open',
      'cancelled',
      [
        ['bottom', 40],
        ['bottom', -50],
      ],
      {
        via: [
          [373, 606],
          [841, 606],
        ],
        text: ['rescueCancelled', 'sweeper, dead-letter', 'asked, and no file'],
        textAt: [650, 606],
      },
    ),
    edge('open', 'done', ['bottom', 'right'], {
      via: [
        [333, 660],
        [1012, 660],
        [1012, 154],
      ],
      text: ['rescueDone', 'sweeper, dead-letter', 'the file is complete'],
      textAt: [650, 660],
    }),
    edge(
      'error',
      'queued',
      [
        ['right', 20],
        ['left', 24],
      ],
      {
        via: [
          [1000, 374],
          [1000, 708],
          [74, 708],
          [74, 258],
        ],
        text: ['redrive', 'client, operator: generation + 1'],
        textAt: [300, 708],
      },
    ),
    edge(
      'done',
      'done',
      [
        ['top', -40],
        ['top', 40],
      ],
      {
        via: [
          [851, 80],
          [931, 80],
        ],
        text: ['markCallbackSent, recordCallback', 'sweeper, callback', 'while a callback is owed'],
        textAt: [891, 46],
      },
    ),
    edge(
      'error',
      'error',
      [
        ['top', -40],
        ['top', 40],
      ],
      {
        via: [
          [851, 282],
          [931, 282],
        ],
        text: ['markCallbackSent, recordCallback', 'as for done'],
        textAt: [891, 254],
      },
    ),
    edge(
      'cancelled',
      'cancelled',
      [
        ['right', -20],
        ['right', 20],
      ],
      {
        via: [
          [988, 518],
          [988, 558],
        ],
        bold: 3,
        text: ['markCallbackSent,', 'recordCallback,', 'markCleared'],
        textAt: [936, 610],
      },
    ),
  ],
};
