import { FAILURES, PROBLEMS } from '../../lambdas/contract.ts';
import { Dice } from './dice.ts';
import { KINDS } from './requests.ts';
import { type Answer, type Trial, Worker } from './trial.ts';

/** What a request may take of a worker's processor, which is a whole one. */
const BUDGET_MS = 60_000;
/** What {@link ORDINARY} takes of a processor that does nothing else, on the machine of the figures in the docs. */
const QUIET_MS = 150;
/** Enqueue comes before, and an engine gives the process its turn only now and then. */
const BESIDE = 1.2;

export interface HostileRequest {
  /** Kind and number: the same again with the same seed. */
  readonly name: string;
  readonly body: () => string;
}

export interface Outcome extends Trial {
  readonly name: string;
  readonly bytes: number;
  /** What should not have been. */
  readonly fault: string | undefined;
}

/** So many requests, of every kind in turn. */
export function requestsOf(seed: number, count: number): HostileRequest[] {
  const kinds = Object.entries(KINDS);
  return Array.from({ length: count }, (_, i) => {
    const [name, make] = kinds[i % kinds.length] as (typeof kinds)[number];
    return { name: `${name} ${i}`, body: () => textOf(make(new Dice(seed * 100_003 + i))) };
  });
}

/** One after the other, in one process for as long as it lives. */
export async function* attack(requests: readonly HostileRequest[]): AsyncGenerator<Outcome> {
  let worker = Worker.start();
  try {
    let milliseconds = await budget(worker);
    for (const [i, { name, body }] of requests.entries()) {
      if (i % 20 === 19 && worker.isAlive) milliseconds = await budget(worker);
      const text = body();
      const trial = await worker.try({ body: text, milliseconds });
      yield { name, bytes: Buffer.byteLength(text), ...trial, fault: faultOf(trial, milliseconds) };
      if (trial.lost === undefined) continue;
      worker.stop();
      worker = Worker.start();
    }
  } finally {
    worker.stop();
  }
}

/** On a machine that is busy or slow everything takes longer, an ordinary report as well. */
async function budget(worker: Worker): Promise<number> {
  let milliseconds = 0;
  // The first loads the engine, and the second still has to be compiled.
  for (let i = 0; i < 3; i += 1) {
    const { answer } = await worker.try({ body: ORDINARY, milliseconds: BUDGET_MS });
    if (answer?.ended !== 'done') throw new Error(`an ordinary report is not made: ${JSON.stringify(answer)}`);
    milliseconds = answer.milliseconds;
  }
  return BUDGET_MS * Math.max(1, milliseconds / QUIET_MS);
}

/** An ordinary report. */
const ORDINARY = JSON.stringify({
  format: 'pdf',
  title: 'Ordinary',
  columns: [{ key: 'name' }, { key: 'amount', type: 'number', total: 'sum' }, { key: 'day', type: 'date' }],
  rows: Array.from({ length: 20_000 }, (_, i) => [`Customer ${i}`, i / 4, '2026-01-05']),
});

function faultOf({ answer, lost }: Trial, milliseconds: number): string | undefined {
  if (answer === undefined || lost !== undefined) return lost;
  const { status, code, ended } = answer;
  if (answer.milliseconds > BESIDE * milliseconds)
    return `${Math.round(answer.milliseconds)} ms of ${Math.round(milliseconds)}`;
  return status === 202 ? faultOfJob(ended, code) : faultOfRefusal(answer);
}

function faultOfJob(ended: string | undefined, code: string | undefined): string | undefined {
  if (ended === 'done') return undefined;
  if (ended !== 'error') return `ended as ${ended}`;
  return code !== undefined && code in FAILURES && !FAILURES[code as keyof typeof FAILURES].retryable
    ? undefined
    : `${code}`;
}

function faultOfRefusal({ status, code, answerBytes }: Answer): string | undefined {
  if (code === undefined || PROBLEMS[code as keyof typeof PROBLEMS]?.status !== status) return `${status} ${code}`;
  if (status >= 500) return `${status}`;
  return answerBytes > 64 * 1024 ? `an answer of ${answerBytes} bytes` : undefined;
}

function textOf(made: object | string): string {
  return typeof made === 'string' ? made : JSON.stringify(made);
}
