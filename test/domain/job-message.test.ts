import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../lambdas/domain/job-message.ts';

describe('a message', () => {
  it('names a job and its generation', () => {
    expect(parseMessage('{"jobId":"j","generation":2}')).toEqual({ jobId: 'j', generation: 2 });
  });

  it.each([
    '',
    '{',
    'null',
    '7',
    '[]',
    '{}',
    '{"jobId":"j"}',
    '{"jobId":7,"generation":1}',
    '{"jobId":"","generation":1}',
  ])('%j is none of ours', (body) => expect(parseMessage(body)).toBeUndefined());

  it('with a generation that is no whole number is none of ours', () => {
    expect(parseMessage('{"jobId":"j","generation":1.5}')).toBeUndefined();
    expect(parseMessage('{"jobId":"j","generation":"1"}')).toBeUndefined();
  });
});
