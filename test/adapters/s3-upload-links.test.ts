import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { S3UploadLinks } from '../../lambdas/adapters/s3-upload-links.ts';
import { ManualClock } from '../support/memory/clock.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const client = new S3Client({ region: 'eu-west-1', credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
const links = new S3UploadLinks(client, 'bucket', 900, new ManualClock());

async function signed(sizeBytes?: number) {
  const { url, headers, expiresAt } = await links.signUpload('datasets/t/id', sizeBytes);
  return { query: new URL(url).searchParams, headers, expiresAt };
}

describe('a link to upload with', () => {
  it('binds the size that was announced, and nothing that a client would not send by itself', async () => {
    const { query, headers } = await signed(17);
    expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;host');
    expect(headers).toEqual({ 'Content-Length': '17' });
    expect((await signed()).query.get('X-Amz-SignedHeaders')).toBe('host');
  });

  it('asks for no checksum of a body that is not known yet', async () => {
    expect([...(await signed(17)).query.keys()].filter((key) => /checksum/i.test(key))).toEqual([]);
  });

  it('ends when it says', async () => {
    const { query, expiresAt } = await signed();
    expect(query.get('X-Amz-Expires')).toBe('900');
    expect(Date.parse(expiresAt) - new ManualClock().now()).toBe(900_000);
  });
});
