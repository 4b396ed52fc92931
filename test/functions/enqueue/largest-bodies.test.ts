import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LARGEST_BODIES } from './largest-bodies.ts';

/** Of the function (`lib/constructs/enqueue.ts`); the runtime leaves a tenth of it to what is not V8's heap. */
const MEMORY_MIB = 512;
const HEAP_MIB = 460;
/** Its ten seconds are of the share of a processor that comes with its memory: 1,769 MiB are a whole one. */
const CPU_MILLIS = 10_000 * (MEMORY_MIB / 1769);
/** What Lambda takes for an answer. */
const ANSWER_BYTES = 6 * 1024 * 1024;

interface Outcome {
  readonly status: number;
  readonly code: string | null;
  readonly bytes: number;
  readonly cpuMillis: number;
  readonly peakMiB: number;
}

async function post(name: string): Promise<Outcome> {
  const flags = ['--import', 'tsx', `--max-old-space-size=${HEAP_MIB}`];
  const args = [...flags, `${import.meta.dirname}/post.ts`, name];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

describe('a body of 4 MiB', () => {
  it.each(Object.keys(LARGEST_BODIES))(
    'of %s is answered within the memory and the time of the function',
    async (name) => {
      const { status, code, bytes, cpuMillis, peakMiB } = await post(name);
      expect([202, 400, 422]).toContain(status);
      if (status !== 202) expect(code).toMatch(/^(INVALID_REQUEST|MALFORMED_JSON)$/);
      expect(bytes).toBeLessThan(ANSWER_BYTES / 100);
      expect(peakMiB).toBeLessThan(MEMORY_MIB);
      expect(cpuMillis).toBeLessThan(CPU_MILLIS);
    },
  );
});
