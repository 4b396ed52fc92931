import { type Cell, isCell } from '../domain/cells.ts';
import { PermanentFailure } from '../domain/failures.ts';
import type { Row, RowSource, RowStream, RowsContext } from '../domain/rendering.ts';
import { type ReportContext, type ReportDefinition, type ReportSources, typed } from '../domain/report-definition.ts';
import type { Column, DefinedTable } from '../domain/request.ts';
import type { DatasetContext } from './dataset.ts';
import { openDataset } from './open-dataset.ts';

const BATCH_ROWS = 500;

export interface Defined {
  readonly definitions: readonly ReportDefinition[];
  readonly sources: ReportSources;
}

type Reading = Pick<DatasetContext, 'limits' | 'unpack'>;

/**
 * The rows of a report that is defined in code.
 * @throws PermanentFailure `REPORT_GONE` where this version of the service has no such report, or other parameters
 */
export async function definedRows(
  { report, columns }: DefinedTable,
  context: RowsContext,
  { definitions, sources }: Defined,
  reading: Reading,
): Promise<RowSource> {
  const definition = definitions.find(({ name }) => name === report.name);
  const params = definition?.params.safeParse(report.params);
  if (definition === undefined || params?.success !== true) {
    throw new PermanentFailure('REPORT_GONE', `The report "${report.name}" is no longer what it was at acceptance.`);
  }
  return {
    async *rows(signal) {
      const found = definition.rows(params.data, contextOf(context, sources, reading, signal));
      yield* batched(found, { name: report.name, columns, limit: reading.limits.rows }, signal);
    },
  };
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly limit: number;
}

async function* batched(found: AsyncIterable<object>, { name, columns, limit }: Table, signal: AbortSignal): RowStream {
  let batch: Row[] = [];
  let count = 0;
  for await (const row of found) {
    signal.throwIfAborted();
    count += 1;
    if (count > limit) throw new PermanentFailure('REPORT_ROWS', `The report "${name}" has more than ${limit} rows.`);
    batch.push(columns.map(({ key }) => cellOf(row, key, `row ${count} of the report "${name}"`)));
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function cellOf(row: object, key: string, where: string) {
  const cell: unknown = Object.hasOwn(row, key) ? (row as Readonly<Record<string, unknown>>)[key] : undefined;
  if (isCell(cell)) return cell;
  const what = cell === undefined ? 'no cell' : 'no string, finite number, boolean or null';
  throw new PermanentFailure('REPORT_ROWS', `${where} has ${what} for the column "${key}".`);
}

function contextOf(
  { tenant, locale, timeZone }: RowsContext,
  sources: ReportSources,
  reading: Reading,
  signal: AbortSignal,
): ReportContext {
  return {
    tenant,
    locale,
    timeZone,
    signal,
    table: (name: string) => ({
      query: (query) => sources.query(name, query, signal),
      scan: () => sources.scan(name, signal),
    }),
    bucket: (name: string) => ({
      async *records(key, { columns, ...spec }) {
        const file = await sources.open(name, key);
        const wanted = columns?.map(typed);
        const dataset = await openDataset(file, spec, { ...reading, columns: wanted, locale, timeZone });
        const keys = (await dataset.describe(signal)).map((column) => column.key);
        for await (const batch of dataset.rows(signal)) {
          yield batch.map((row) => {
            const record: Record<string, Cell> = {};
            for (let i = 0; i < keys.length; i += 1) record[keys[i] as string] = row[i] ?? null;
            return record;
          });
        }
      },
    }),
    service: (name: string) => ({ json: (path) => sources.json(name, path, signal) }),
  };
}
