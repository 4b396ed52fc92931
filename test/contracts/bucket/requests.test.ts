import { contract } from '../contract.ts';
import { buckets } from './implementations.ts';

const KEY = 'requests/j/c0ffee.json.gz';
const JSON_TEXT = JSON.stringify({
  title: 'Łódź 😀',
  rows: Array.from({ length: 5_000 }, (_, i) => [i, 'x'.repeat(50)]),
});

contract('the request store', buckets(), (it) => {
  it('gives a request back as it was saved', async (bench, expect) => {
    await bench.requests.save(KEY, JSON_TEXT);
    expect(await bench.requests.load(KEY)).toBe(JSON_TEXT);
  });

  it('stores a request in far less room than it needs', async (bench, expect) => {
    await bench.requests.save(KEY, JSON_TEXT);
    expect((await bench.read(KEY))?.bytes.byteLength).toBeLessThan(JSON_TEXT.length / 5);
  });

  it('saves a request a second time without complaint', async (bench, expect) => {
    await bench.requests.save(KEY, JSON_TEXT);
    await bench.requests.save(KEY, '{}');
    expect(await bench.requests.load(KEY)).toBe('{}');
  });

  it('says that a request is lost that is not there', async (bench, expect) => {
    await expect(bench.requests.load(KEY)).rejects.toMatchObject({ name: 'PermanentFailure', code: 'REQUEST_LOST' });
  });

  it('says that a request is unreadable that was cut off', async (bench, expect) => {
    await bench.requests.save(KEY, JSON_TEXT);
    const whole = (await bench.read(KEY))?.bytes ?? Buffer.alloc(0);
    await bench.overwrite(KEY, whole.subarray(0, whole.byteLength / 2));
    await expect(bench.requests.load(KEY)).rejects.toMatchObject({ code: 'REQUEST_UNREADABLE' });
  });
});
