import { expect, it } from 'vitest';
import { jobOf } from '../../lambdas/adapters/job-item.ts';

const ROW = { id: 'job', tenant: 't', status: 'queued', generation: 1, attempt: 0 };

it.each(['queued', 'processing', 'done', 'error'])('a row that is %s is a job', (status) => {
  expect(jobOf({ ...ROW, status, title: 'kept' })).toEqual({ ...ROW, status, title: 'kept' });
});

it.each([
  ['an unknown status', { status: 'archived' }],
  ['an empty status', { status: '' }],
  ['a status that is no text', { status: 1 }],
  ['no id', { id: undefined }],
  ['an id that is a number', { id: 7 }],
  ['no tenant', { tenant: undefined }],
  ['a generation that is text', { generation: '1' }],
  ['no attempt', { attempt: undefined }],
])('a row with %s is none, and is not to be touched', (_, change) => {
  expect(() => jobOf({ ...ROW, ...change })).toThrow(/^The row .* of this version of the service\.$/);
});
