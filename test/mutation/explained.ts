import type { Outcome } from './outcomes.ts';

/**
 * Why mutants may live. What is not given fits every mutant; `original` and `replacement` are whole texts, with each run
 * of white space as one blank.
 */
export interface Explanation {
  /** A source, or a folder with a slash at its end. */
  readonly file: string;
  readonly mutator?: string;
  readonly original?: string;
  readonly replacement?: string;
  readonly why: string;
}

const DOMAIN = 'lambdas/domain';
const ADAPTERS = 'lambdas/adapters';

export const EXPLANATIONS: readonly Explanation[] = [
  {
    file: `${DOMAIN}/exact-json.ts`,
    original: 'isChanged(number)',
    replacement: 'true',
    why: 'Equivalent: a search that finds too much costs a second parse, which changes nothing.',
  },
  {
    file: `${DOMAIN}/exact-json.ts`,
    original: 'false',
    replacement: 'true',
    why: 'Equivalent: the same search; every body is then looked at number by number.',
  },
  {
    file: `${DOMAIN}/canonical.ts`,
    original: 'a < b',
    replacement: 'a <= b',
    why: 'Equivalent: the keys of an object are never equal.',
  },
  {
    file: `${DOMAIN}/ids.ts`,
    original: 'bits >= 5',
    replacement: 'bits > 5',
    why: 'Equivalent: the same bits are written in the same order, one byte later.',
  },
  {
    file: `${DOMAIN}/job.ts`,
    original: "job.status === 'done'",
    why: 'Equivalent: only a row that is done has a report; the status is asked for the sake of the type.',
  },
  {
    file: `${DOMAIN}/callback-url.ts`,
    original: "'443'",
    why: 'Equivalent: a URL of https leaves its own port out.',
  },
  {
    file: `${DOMAIN}/file-name.ts`,
    mutator: 'Regex',
    why: 'Equivalent: what is matched one by one instead of as a whole is replaced one by one; blanks are merged after it.',
  },
  {
    file: `${DOMAIN}/file-name.ts`,
    original: "{ granularity: 'grapheme' }",
    why: 'Equivalent: it is the default, named to be read.',
  },
  {
    file: `${ADAPTERS}/event-bridge-bus.ts`,
    original: '[]',
    why: 'Equivalent: of an entry that is not there the code is unknown, whatever stands in its place.',
  },
  {
    file: `${ADAPTERS}/`,
    original: 'Body?.transformToByteArray',
    why: "Equivalent: S3's answers have a body, even an empty one; the SDK's type allows for none.",
  },
  {
    file: `${ADAPTERS}/secrets-manager-callback-secrets.ts`,
    original: 'CreatedDate?.getTime',
    why: "Equivalent: every version has its date; the SDK's type allows for none.",
  },
  {
    file: `${ADAPTERS}/s3-request-store.ts`,
    original: '{ level: 4 }',
    why: 'Not worth a test: how well a request is packed is measured in the bench, and any level can be read.',
  },
  {
    file: `${ADAPTERS}/http-callback-sender.ts`,
    original: '64 * 1024',
    why: 'Not worth a test: how much of an answer is read before the connection is closed changes nothing for the job.',
  },
  {
    file: `${ADAPTERS}/http-callback-sender.ts`,
    mutator: 'Regex',
    why: 'Equivalent: brackets stand at the two ends of a host and nowhere else.',
  },
  {
    file: 'lambdas/functions/datasets/handler.ts',
    original: "''",
    why: 'Equivalent: API Gateway brings the parameter; any text that is no id is as unknown as the empty one.',
  },
  {
    file: 'lambdas/functions/status/handler.ts',
    original: "''",
    why: 'Equivalent: API Gateway brings the parameter; any text that is no id is as unknown as the empty one.',
  },
];

/** The first explanation that fits. */
export function explanationOf(outcome: Outcome): Explanation | undefined {
  return EXPLANATIONS.find((each) => fits(each, outcome));
}

function fits({ file, mutator, original, replacement }: Explanation, outcome: Outcome): boolean {
  if (outcome.status !== 'survived') return false;
  if (file.endsWith('/') ? !outcome.file.startsWith(file) : outcome.file !== file) return false;
  if (mutator !== undefined && outcome.mutator !== mutator) return false;
  if (original !== undefined && oneLine(outcome.original) !== original) return false;
  return replacement === undefined || oneLine(outcome.replacement) === replacement;
}

/** A text with each run of white space as one blank. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
