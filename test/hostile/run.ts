/**
 * `npm run hostile [-- --requests 300 --seed 1 --only groups]`: requests that are made to hurt, one after the other,
 * against a process that has the memory of a worker. `--only` takes those whose name has the text.
 */
import { parseArgs } from 'node:util';
import { attack, type Outcome, requestsOf } from './attack.ts';

const options = {
  requests: { type: 'string', default: '300' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
} as const;
const { requests, seed, only } = parseArgs({ options }).values;
const all = requestsOf(Number(seed), Number(requests)).filter(({ name }) => only === undefined || name.includes(only));
const outcomes: Outcome[] = [];
for await (const outcome of attack(all)) {
  outcomes.push(outcome);
  const { name, answer, fault, peakMb, bytes } = outcome;
  const how = answer === undefined ? '–' : `${answer.status} ${answer.ended ?? ''} ${answer.code ?? ''}`;
  const seconds = answer === undefined ? '' : `${(answer.milliseconds / 1000).toFixed(1)} s`;
  console.log(
    [
      name.padEnd(22),
      `${Math.round(bytes / 1024)} KB`.padStart(8),
      seconds.padStart(8),
      `${peakMb} MB`.padStart(8),
      how,
      fault ?? '',
    ].join('  '),
  );
  if (fault !== undefined) for (const cause of answer?.causes ?? []) console.log(cause);
}
const failed = outcomes.filter(({ fault }) => fault !== undefined);
console.log(summary());
process.exitCode = failed.length === 0 && outcomes.length > 0 ? 0 : 1;

function summary(): string {
  const ends = new Map<string, number>();
  for (const { answer } of outcomes) {
    const end = answer?.code ?? answer?.ended ?? 'lost';
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  const counted = [...ends].map(([end, count]) => `${end} ${count}`).join(', ');
  return `${outcomes.length} requests: ${counted}; ${failed.length} failed`;
}
