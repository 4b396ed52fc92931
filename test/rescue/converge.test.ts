import { describe, expect, it } from 'vitest';
import type { StoredReport } from '../../lambdas/domain/ports.ts';
import { committedReport } from '../../lambdas/rescue/converge.ts';

const REPORT = { key: 'k', contentType: 't', sizeBytes: 10, sha256: 'h', rows: 2, warnings: [] };
const JOB = {
  id: 'j',
  generation: 2,
  requestHash: 'r',
  staged: [
    { ...REPORT, attempt: 1, sizeBytes: 9, sha256: 'of the first' },
    { ...REPORT, attempt: 3 },
  ],
};
const STORED: StoredReport = { jobId: 'j', generation: 2, attempt: 3, requestHash: 'r', sizeBytes: 10 };

describe('an object under the key of a job', () => {
  it('is its report, with the facts that the attempt staged that made it', () => {
    expect(committedReport(JOB, STORED)).toEqual(REPORT);
    expect(committedReport(JOB, { ...STORED, attempt: 1, sizeBytes: 9 })?.sha256).toBe('of the first');
  });

  it.each<[string, StoredReport | undefined]>([
    ['is not there', undefined],
    ['is of another job', { ...STORED, jobId: 'i' }],
    ['is of another generation', { ...STORED, generation: 1 }],
    ['is of another request', { ...STORED, requestHash: 's' }],
    ['is of an attempt that staged nothing', { ...STORED, attempt: 2 }],
    ['has another size than was staged', { ...STORED, sizeBytes: 9 }],
  ])('is not its report when it %s', (_, stored) => {
    expect(committedReport(JOB, stored)).toBeUndefined();
  });
});
