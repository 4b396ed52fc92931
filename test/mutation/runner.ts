import { relative } from 'node:path';
import { type File, startTests, type Test } from '@vitest/runner';
import { getNames, getTests } from '@vitest/runner/utils';
import { type SerializedConfig, TestRunner, vi } from 'vitest';
import { addVerdict, begin, FOLDER_VARIABLE, type Order, readOrders, verdictReader, writeCoverage } from './ledger.ts';

/** What Stryker's instrumented sources read and write. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> } | undefined;
}

interface Modules {
  getModuleById(id: string): object | undefined;
  invalidateModule(module: object): void;
}

const lever: Switch = {};
Reflect.set(globalThis, '__stryker__', lever);
const { setTimeout: realTimeout, clearTimeout: clearRealTimeout, Date: RealDate } = globalThis;
const nameOf = (test: Test): string => getNames(test).slice(1).join(' > ');

/**
 * Runs in the place of Vitest's own runner. Without orders it runs a file's tests once and writes down what each of them
 * reaches; with orders it runs none, and then, for one mutant after the other, loads the file and all it imports anew
 * and runs the tests that reach the mutant until one is red. Everything happens in one warm process.
 */
export default class MutationRunner extends TestRunner {
  readonly #folder: string;
  readonly #cpu = new Map<string, { readonly start: number; ms: number }>();
  #orders: readonly Order[] | undefined;

  constructor(config: SerializedConfig) {
    super(config);
    const folder = process.env[FOLDER_VARIABLE];
    if (folder === undefined) throw new Error(`${FOLDER_VARIABLE} names no folder`);
    this.#folder = folder;
  }

  async onBeforeCollect(paths: string[]): Promise<void> {
    this.#orders = readOrders(this.#folder, relative(this.config.root, paths[0] ?? ''));
    lever.mutantCoverage = { static: {}, perTest: {} };
  }

  onBeforeRunFiles(files: File[]): void {
    if (this.#orders !== undefined) for (const test of getTests(files)) test.mode = 'skip';
  }

  override async onBeforeRunTask(test: Test): Promise<void> {
    await super.onBeforeRunTask(test);
    lever.currentTestId = nameOf(test);
    this.#cpu.set(nameOf(test), { start: cpuMs(), ms: 0 });
  }

  override onAfterRunTask(test: Test): void {
    super.onAfterRunTask(test);
    lever.currentTestId = undefined;
    const spent = this.#cpu.get(nameOf(test));
    if (spent !== undefined) spent.ms = cpuMs() - spent.start;
  }

  // biome-ignore lint/suspicious/noExplicitAny: Vitest calls it with the files, and its own class declares none.
  override async onAfterRunFiles(...given: any[]): Promise<void> {
    const [file] = given[0] as File[];
    if (file === undefined) return;
    if (this.#orders === undefined) this.#tellCoverage(file);
    else await this.#obey(file, this.#orders);
    super.onAfterRunFiles();
  }

  #tellCoverage(file: File): void {
    const { static: loading, perTest } = lever.mutantCoverage ?? { static: {}, perTest: {} };
    const ran = getTests(file).filter((test) => test.result?.state === 'pass');
    writeCoverage(this.#folder, {
      file: file.name,
      loading,
      tests: ran.map((test) => ({
        name: nameOf(test),
        ms: Math.round(test.result?.duration ?? 0),
        cpuMs: Math.round(this.#cpu.get(nameOf(test))?.ms ?? 0),
        hits: perTest[nameOf(test)] ?? {},
      })),
      red: [...(file.result?.errors ?? []).map(({ message }) => message), ...redTests(file).map(nameOf)],
    });
  }

  async #obey(file: File, orders: readonly Order[]): Promise<void> {
    const news = verdictReader(this.#folder);
    const dead = new Set<string>();
    for (const order of orders) {
      for (const { id, status, file: where } of news()) if (status !== 'survived' || where === file.name) dead.add(id);
      if (dead.has(order.id)) continue;
      await this.#try(file, order);
    }
  }

  /** What acts while it is loaded is loaded anew, and else the tests alone, which Vitest collects by loading them. */
  #reload({ filepath }: File, { isStatic }: Order): void {
    if (isStatic) return void vi.resetModules();
    const { evaluatedModules } = Reflect.get(this, 'workerState') as { evaluatedModules: Modules };
    const module = evaluatedModules.getModuleById(filepath);
    if (module !== undefined) evaluatedModules.invalidateModule(module);
  }

  async #try(file: File, order: Order): Promise<void> {
    begin(this.#folder, file.name, order);
    const start = RealDate.now();
    const tell = (status: 'killed' | 'timeout' | 'survived', by?: string) =>
      addVerdict(this.#folder, { id: order.id, file: file.name, status, by, ms: RealDate.now() - start });
    this.#reload(file, order);
    Object.assign(lever, { activeMutant: order.id, hitCount: 0, hitLimit: order.hitLimit, mutantCoverage: undefined });
    const runner = silent(this, order);
    const ended = await within(order.limitMs, startTests([file.filepath], runner));
    lever.activeMutant = undefined;
    if (ended === undefined) {
      tell('timeout');
      // What hangs would go on beside the next mutant: another process does the rest.
      process.kill(process.pid, 'SIGKILL');
      return;
    }
    const endless = (lever.hitCount ?? 0) > order.hitLimit;
    const by = redTests(ended[0])[0];
    const unloaded = ended[0]?.result?.state === 'fail' && by === undefined;
    if (endless) tell('timeout');
    else if (by !== undefined || unloaded) tell('killed', by === undefined ? 'the file does not load' : nameOf(by));
    else tell('survived');
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function redTests(file: File | undefined): readonly Test[] {
  return file === undefined ? [] : getTests(file).filter((test) => test.result?.state === 'fail');
}

/** The runner that loads and runs for one mutant; nobody hears of it. */
function silent(outer: TestRunner, { tests }: Order): TestRunner {
  const inner = new TestRunner(outer.config);
  const chosen = tests && new Set(tests);
  Object.defineProperty(inner, 'moduleRunner', { value: Reflect.get(outer, 'moduleRunner') });
  Reflect.get(inner, '__setTraces').call(inner, Reflect.get(outer, '_otel'));
  return Object.assign(inner, {
    onBeforeRunFiles(files: File[]) {
      if (chosen !== undefined) for (const test of getTests(files)) if (!chosen.has(nameOf(test))) test.mode = 'skip';
    },
    onAfterRunTask(test: Test) {
      TestRunner.prototype.onAfterRunTask.call(inner, test);
      if (test.result?.state === 'fail') inner.cancel('test-failure' as never);
    },
    onAfterRunFiles: () => {},
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof realTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = realTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearRealTimeout(timer);
  }
}
