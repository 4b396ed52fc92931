import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatOf } from '../render/file.ts';
import { CliError } from './exit.ts';

/** The flags by which a report is described. */
export interface ReportFlags {
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly title?: string | undefined;
  readonly columns?: string | undefined;
  readonly groupBy?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly input?: string | undefined;
  readonly delimiter?: string | undefined;
}

export type Format = 'xlsx' | 'pdf';

type Json = Readonly<Record<string, unknown>>;

/** A report of one table, whose rows are in a file: what a request has, besides the file. */
export interface Spec {
  readonly format: Format;
  readonly title: string;
  readonly table: Json;
  readonly common: Json;
  /** How the file is read. */
  readonly dataset: Json & { readonly format: 'csv' | 'ndjson' | 'json' | 'parquet' };
  readonly out: string;
}

const INPUTS = ['csv', 'ndjson', 'json', 'parquet'] as const;

/**
 * What flags and the file of `--columns` say of a report. That file holds a list of columns, or an object with anything
 * of a request's members besides: `{"columns": […], "groupBy": "region", "layout": {…}}`.
 *
 * @throws CliError
 */
export async function specOf(file: string, flags: ReportFlags): Promise<Spec> {
  const given = flags.columns === undefined ? {} : await readSpec(flags.columns);
  const { columns, groupBy = flags.groupBy, dataset, title, format, ...common } = given;
  const chosen = formatOfOutput(flags, format);
  const name = file === '-' ? 'report' : basename(file).replace(/(\.[^.]+)(\.(gz|zst))?$/, '');
  return {
    format: chosen,
    title: flags.title ?? (typeof title === 'string' ? title : name),
    table: { ...(columns === undefined ? {} : { columns }), ...(groupBy === undefined ? {} : { groupBy }) },
    common: {
      ...common,
      ...(flags.locale === undefined ? {} : { locale: flags.locale }),
      ...(flags.timeZone === undefined ? {} : { timeZone: flags.timeZone }),
    },
    dataset: {
      ...(dataset as Json | undefined),
      format: inputOf(file, flags.input),
      ...(flags.delimiter === undefined ? {} : { delimiter: flags.delimiter === '\\t' ? '\t' : flags.delimiter }),
    },
    out: flags.out ?? (file === '-' ? '-' : `${name}.${chosen}`),
  };
}

/** Flags that say how rows are read or what they are called, which a defined report says by itself. */
const OF_ROWS = ['input', 'delimiter'] as const;

/**
 * What flags and the file of `--columns` say of a report that the service defines: the members of its request, and where
 * the file goes.
 *
 * @throws CliError
 */
export async function definedSpecOf(
  flags: ReportFlags & { readonly report: string; readonly param: readonly string[] },
): Promise<Json & { readonly out: string }> {
  const idle = OF_ROWS.find((flag) => flags[flag] !== undefined);
  if (idle !== undefined) throw new CliError('usage', `--${idle} is for files of rows, not for --report.`);
  const { report, param, title, groupBy, locale, timeZone, columns } = flags;
  const { format: fallback, params, ...given } = columns === undefined ? {} : await readSpec(columns);
  const format = formatOfOutput(flags, fallback);
  const said = Object.fromEntries(param.map(paramOf));
  const members = {
    ...given,
    report,
    format,
    title,
    groupBy,
    locale,
    timeZone,
    params: { ...(params as Json), ...said },
  };
  const present = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  return { ...present, out: flags.out ?? `${report}.${format}` };
}

/** The value is JSON where it can be read as such (`7`, `true`, `["a"]`), else text. */
function paramOf(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw new CliError('usage', `--param takes name=value, not "${text}".`);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}

function inputOf(file: string, wanted: string | undefined): Spec['dataset']['format'] {
  if (wanted === undefined) return file === '-' ? 'csv' : formatOf(file);
  const known = INPUTS.find((each) => each === wanted);
  if (known === undefined) throw new CliError('usage', `--input takes ${INPUTS.join(', ')}, not "${wanted}".`);
  return known;
}

function formatOfOutput({ format, out }: ReportFlags, fallback: unknown): Format {
  const wanted = format ?? /\.(xlsx|pdf)$/i.exec(out ?? '')?.[1]?.toLowerCase() ?? fallback ?? 'xlsx';
  if (wanted === 'xlsx' || wanted === 'pdf') return wanted;
  throw new CliError('usage', `--format takes xlsx or pdf, not "${wanted}".`);
}

async function readSpec(path: string): Promise<Json> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (Array.isArray(json)) return { columns: json };
    if (typeof json === 'object' && json !== null) return json as Json;
    throw new Error('it is neither a list of columns nor an object');
  } catch (cause) {
    throw new CliError('usage', `${path}: ${(cause as Error).message}`, { cause });
  }
}
