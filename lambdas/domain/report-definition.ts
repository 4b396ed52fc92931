/** A report that is defined in code: a request names it, and its rows never pass through a client. */
import type * as z from 'zod';
import type { Cell } from './cells.ts';
import type { DatasetSpec, StoredBytes } from './dataset.ts';
import type { Column } from './request.ts';

/** The data that a definition reads, by the names under which the stack grants it (`lib/report-sources.ts`). */
export interface SourceNames {
  /** DynamoDB tables. */
  readonly tables?: readonly string[];
  /** S3 buckets. */
  readonly buckets?: readonly string[];
  /** HTTP services. */
  readonly services?: readonly string[];
}

type NameOf<S extends SourceNames, K extends keyof SourceNames> = NonNullable<S[K]>[number];

/** A row: a cell for each column, by its key. */
export type DefinedRow<Columns extends readonly DefinedColumn[]> = {
  readonly [Key in Columns[number]['key']]: Cell;
};

/** A column of a definition; its type is text unless it says otherwise. */
export type DefinedColumn = Omit<Column, 'type'> & { readonly type?: Column['type'] };

/** A column with its default type. */
export function typed(column: DefinedColumn): Column {
  return { ...column, type: column.type ?? 'text' };
}

export interface ReportDefinition<
  Params extends z.ZodObject = z.ZodObject,
  Columns extends readonly DefinedColumn[] = readonly DefinedColumn[],
  Sources extends SourceNames = SourceNames,
> {
  /** Lower case, digits and hyphens: what a request names. */
  readonly name: string;
  /** The title of the report where the request gives none. */
  readonly title: string;
  /** Raised when the same parameters make other rows, so that no earlier file is handed out for them. */
  readonly version: number;
  /** Checked at acceptance. The `title` of a parameter's `meta` is its name in the file. */
  readonly params: Params;
  /** All that there are; a request may choose some of them, in its own order. */
  readonly columns: Columns;
  readonly sources: Sources;
  /**
   * The rows. It runs in the worker, under the job's deadline: every reader of the context ends when `context.signal`
   * does. An attempt that failed is followed by another, so it must do nothing but read.
   */
  rows(params: z.infer<Params>, context: ReportContext<Sources>): AsyncIterable<DefinedRow<Columns>>;
}

/** What a definition is given besides its parameters. */
export interface ReportContext<Sources extends SourceNames = SourceNames> {
  /** Who asks: a definition over the data of several must choose by it. */
  readonly tenant: string;
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  /** Aborts at the deadline, and when another attempt has the job. */
  readonly signal: AbortSignal;
  table(name: NameOf<Sources, 'tables'>): TableReader;
  bucket(name: NameOf<Sources, 'buckets'>): BucketReader;
  service(name: NameOf<Sources, 'services'>): ServiceReader;
}

/** An item of a table, or a record of a file. */
export type SourceItem = Readonly<Record<string, unknown>>;

export interface TableQuery {
  readonly partition: { readonly name: string; readonly value: string | number };
  /** Of the sort key; both ends are part of it. */
  readonly sort?: { readonly name: string; readonly from: string | number; readonly to: string | number } | undefined;
  readonly index?: string | undefined;
}

/** A DynamoDB table, read page by page. */
export interface TableReader {
  query(query: TableQuery): AsyncIterable<SourceItem>;
  scan(): AsyncIterable<SourceItem>;
}

/** A bucket's objects, read as datasets are: by ranges, in one version, within the stage's bounds. */
export interface BucketReader {
  /**
   * The records of an object, by column key; in batches, because an `await` for each costs more than reading it.
   * @param columns those that are wanted, with their types; left out, all of them
   */
  records(
    key: string,
    reading: DatasetSpec & { readonly columns?: readonly DefinedColumn[] },
  ): AsyncIterable<readonly Readonly<Record<string, Cell>>[]>;
}

/** A service that answers with JSON. */
export interface ServiceReader {
  /** @param path below the address that the stack gives, without a slash before it; with its query */
  json(path: string): Promise<unknown>;
}

/** The services behind the readers. A name that was not granted throws `PermanentFailure` `REPORT_SOURCE_MISSING`. */
export interface ReportSources {
  query(table: string, query: TableQuery, signal: AbortSignal): AsyncIterable<SourceItem>;
  scan(table: string, signal: AbortSignal): AsyncIterable<SourceItem>;
  /** The version of an object that stands there now. */
  open(bucket: string, key: string): Promise<StoredBytes>;
  json(service: string, path: string, signal: AbortSignal): Promise<unknown>;
}

/** Where the named sources are: what the stack tells the functions, as JSON. */
export interface SourceAddresses {
  /** By name: the table's own name. */
  readonly tables: Readonly<Record<string, string>>;
  readonly buckets: Readonly<Record<string, { readonly bucket: string; readonly prefix: string }>>;
  /** By name: an address that ends in a slash. */
  readonly services: Readonly<Record<string, string>>;
}

/** Whether a stage has everything that a definition reads. */
export function isGranted({ sources }: ReportDefinition, { tables, buckets, services }: SourceAddresses): boolean {
  const has = (granted: object, names: readonly string[] = []) => names.every((name) => Object.hasOwn(granted, name));
  return has(tables, sources.tables) && has(buckets, sources.buckets) && has(services, sources.services);
}

/** A parameter as it is shown in the file. */
export interface UsedParameter {
  readonly label: string;
  readonly value: string;
}

/** The parameters that a report was made with, defaults included, in the order of the definition. */
export function usedParameters(
  definition: ReportDefinition,
  params: Readonly<Record<string, unknown>>,
): UsedParameter[] {
  return Object.entries(definition.params.shape).flatMap(([name, schema]) => {
    const value = params[name];
    if (value === undefined || value === null) return [];
    const title = (schema as z.ZodType).meta()?.title;
    return [{ label: title ?? name, value: shown(value) }];
  });
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
