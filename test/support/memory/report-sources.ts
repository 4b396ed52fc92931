import type { StoredBytes } from '../../../lambdas/domain/dataset.ts';
import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { ReportSources, SourceItem, TableQuery } from '../../../lambdas/domain/report-definition.ts';

/** Sources in memory: items by table, objects by bucket and key, answers by service and path. */
export class MemoryReportSources implements ReportSources {
  readonly tables = new Map<string, readonly SourceItem[]>();
  readonly objects = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly answers = new Map<string, unknown>();
  /** Called before each item. */
  beforeItem: () => Promise<void> = async () => {};

  async *query(table: string, { partition, sort }: TableQuery, signal: AbortSignal): AsyncIterable<SourceItem> {
    for await (const item of this.scan(table, signal)) {
      const key = sort === undefined ? undefined : (item[sort.name] as string);
      const isWithin = key === undefined || (key >= String(sort?.from) && key <= String(sort?.to));
      if (item[partition.name] === partition.value && isWithin) yield item;
    }
  }

  async *scan(table: string, signal: AbortSignal): AsyncIterable<SourceItem> {
    for (const item of found(this.tables, table)) {
      signal.throwIfAborted();
      await this.beforeItem();
      yield item;
    }
  }

  async open(bucket: string, key: string): Promise<StoredBytes> {
    const bytes = found(this.objects, `${bucket}/${key}`);
    return {
      sizeBytes: bytes.byteLength,
      slice: async (start, end) => bytes.slice(start, end),
      async *stream() {
        yield bytes;
      },
    };
  }

  async json(service: string, path: string): Promise<unknown> {
    return found(this.answers, `${service}/${path}`);
  }
}

function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const value = all.get(name);
  if (value === undefined) throw new PermanentFailure('REPORT_SOURCE_MISSING', `There is no source "${name}".`);
  return value;
}
