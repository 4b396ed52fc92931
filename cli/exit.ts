import { JobFailed, QuireProblem } from '../client/index.ts';
import { RenderFault } from '../render/fault.ts';

/** What the command ends with; told in its help. */
export const EXIT = {
  done: [0, 'done'],
  failed: [1, 'failed for a reason that is none of these'],
  usage: [2, 'called in a wrong way, or a file cannot be read as what it is called'],
  refused: [3, 'the API refused the call'],
  noFile: [4, 'the job ended without a file'],
  damaged: [5, 'what was downloaded is not what the service made'],
  interrupted: [130, 'interrupted'],
} as const satisfies Record<string, readonly [number, string]>;

export type Ending = keyof typeof EXIT;

/** A failure that explains itself, and what the command ends with. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly ending: Ending,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What a failure ends the command with. */
export function endingOf(error: unknown): Ending {
  if (error instanceof CliError) return error.ending;
  if (error instanceof QuireProblem) return 'refused';
  if (error instanceof JobFailed) return 'noFile';
  if (error instanceof RenderFault) return 'usage';
  if (error instanceof Error && error.name === 'AbortError') return 'interrupted';
  // What a renderer or a row source says of the rows.
  if (error instanceof Error && error.name === 'PermanentFailure') return 'usage';
  return 'failed';
}

/** A failure in a few lines: what it is, and each place that is wrong. */
export function told(error: unknown): string {
  if (error instanceof QuireProblem) {
    const places = error.faults.map(
      ({ pointer, code, detail }) => `  ${pointer || '(the request)'}: ${detail} (${code})`,
    );
    return [error.message, ...places, `  request ${error.requestId}`].join('\n');
  }
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const message = error instanceof Error ? error.message : String(error);
  return message === 'fetch failed' ? `the API cannot be reached${cause}` : message;
}
