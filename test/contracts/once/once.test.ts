import { contract } from '../contract.ts';
import { onces } from './implementations.ts';

const KEY = 'job#1';
const RESULT = { kind: 'done', report: { key: 'k', sizeBytes: 9, warnings: [], sheets: null } };
const result = async () => RESULT;

/** How long a worker lives that is to be overtaken: more than a call takes on the busiest machine. */
const LIFE_MS = 5_000;

/** Work that ends when it is told to. */
function heldWork() {
  let end: { resolve(value: object): void; reject(error: Error): void } = { resolve: () => {}, reject: () => {} };
  const work = new Promise<object>((resolve, reject) => {
    end = { resolve, reject };
  });
  let started = () => {};
  const isRunning = new Promise<void>((resolve) => {
    started = resolve;
  });
  const run = () => {
    started();
    return work;
  };
  return { run, isRunning, end };
}

contract('work that is done once', onces(), (it) => {
  it('is remembered: a later worker gets the result and does nothing', async (bench, expect) => {
    expect(await bench.worker().run(KEY, result)).toEqual(RESULT);
    const again = bench.worker().run(KEY, () => Promise.reject(new Error('done again')));
    expect(await again).toEqual(RESULT);
  });

  it('is one work for each key', async (bench, expect) => {
    await bench.worker().run(KEY, result);
    expect(await bench.worker().run('job#2', async () => ({ other: true }))).toEqual({ other: true });
  });

  it('is refused to a second worker while a first one is at it', async (bench, expect) => {
    const held = heldWork();
    const first = bench.worker().run(KEY, held.run);
    await held.isRunning;
    await expect(bench.worker().run(KEY, result)).rejects.toMatchObject({ name: 'AlreadyRunning' });
    held.end.resolve(RESULT);
    expect(await first).toEqual(RESULT);
  });

  it('is started by one of twenty workers who come at once', async (bench, expect) => {
    let runs = 0;
    const work = async () => {
      runs += 1;
      return RESULT;
    };
    await Promise.allSettled(Array.from({ length: 20 }, () => bench.worker().run(KEY, work)));
    expect(runs).toBe(1);
  });

  it('that fails is forgotten, and its error is the one that is told', async (bench, expect) => {
    const failing = bench.worker().run(KEY, () => Promise.reject(new Error('the sink broke')));
    await expect(failing).rejects.toThrow('the sink broke');
    expect(await bench.worker().run(KEY, result)).toEqual(RESULT);
  });

  it('is taken over when the time of the first worker is up', async (bench, expect) => {
    const held = heldWork();
    const first = bench.worker(LIFE_MS).run(KEY, held.run);
    await held.isRunning;
    await bench.pass(LIFE_MS / 1000 + 0.5);
    expect(await bench.worker().run(KEY, result)).toEqual(RESULT);
    held.end.resolve(RESULT);
    await first;
  });

  it('that an overtaken worker completes replaces what the other one did: no fence', async (bench, expect) => {
    const held = heldWork();
    const zombie = bench.worker(LIFE_MS).run(KEY, held.run);
    await held.isRunning;
    await bench.pass(LIFE_MS / 1000 + 0.5);
    await bench.worker().run(KEY, result);
    held.end.resolve({ kind: 'late' });
    await zombie;
    expect(await bench.worker().run(KEY, result)).toEqual({ kind: 'late' });
  });

  it('that an overtaken worker fails at frees the lock of the living one: no fence', async (bench, expect) => {
    const [dead, living] = [heldWork(), heldWork()];
    const zombie = bench.worker(LIFE_MS).run(KEY, dead.run);
    await dead.isRunning;
    await bench.pass(LIFE_MS / 1000 + 0.5);
    const second = bench.worker().run(KEY, living.run);
    await living.isRunning;
    dead.end.reject(new Error('too late'));
    await expect(zombie).rejects.toThrow('too late');
    expect(await bench.worker().run(KEY, result)).toEqual(RESULT);
    living.end.resolve(RESULT);
    await second;
  });

  it('is forgotten when its record expires', async (bench, expect) => {
    await bench.worker(60_000, 1).run(KEY, result);
    await bench.pass(2.5);
    expect(await bench.worker().run(KEY, async () => ({ again: true }))).toEqual({ again: true });
  });

  it('whose result holds undefined cannot be remembered, and is not done again until its time is up', async (bench, expect) => {
    const partial = bench.worker(LIFE_MS).run(KEY, async () => ({ kind: undefined }));
    await expect(partial).rejects.toThrow('Failed to update success record');
    await expect(bench.worker().run(KEY, result)).rejects.toMatchObject({ name: 'AlreadyRunning' });
    await bench.pass(LIFE_MS / 1000 + 1.1);
    expect(await bench.worker().run(KEY, result)).toEqual(RESULT);
  });
});
