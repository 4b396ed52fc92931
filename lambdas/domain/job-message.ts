import type { JobMessage } from './job.ts';

/** Reads a message; `undefined` for what is none of ours. */
export function parseMessage(body: string): JobMessage | undefined {
  const json = parseJson(body);
  if (typeof json !== 'object' || json === null || !('jobId' in json) || !('generation' in json)) return undefined;
  const { jobId, generation } = json;
  if (typeof jobId !== 'string' || jobId === '' || !Number.isSafeInteger(generation)) return undefined;
  return { jobId, generation: Number(generation) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
