import type * as z from 'zod';
import type { DefinedColumn, ReportDefinition, SourceNames } from '../domain/report-definition.ts';

/** A definition without what has a default. */
type Wanted<P extends z.ZodObject, C extends readonly DefinedColumn[], S extends SourceNames> = Omit<
  ReportDefinition<P, C, S>,
  'version' | 'sources'
> & { readonly version?: number; readonly sources: S };

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/**
 * Defines a report over data of one's own. The compiler holds the rows against the columns and the sources that are read
 * against those that are named; what it cannot see is checked here, when the functions start, and so by the tests.
 * @throws Error for a name or columns that no request could use
 */
export function defineReport<
  P extends z.ZodObject,
  const C extends readonly DefinedColumn[],
  const S extends SourceNames,
>(wanted: Wanted<P, C, S>): ReportDefinition<P, C, S> {
  const { name, columns, version = 1 } = wanted;
  if (!NAME.test(name)) throw new Error(`"${name}" is no name of a report: lower case, digits and hyphens.`);
  if (columns.length === 0) throw new Error(`The report "${name}" has no columns.`);
  const keys = columns.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw new Error(`The report "${name}" has two columns of one key.`);
  if (!Number.isSafeInteger(version) || version < 1) throw new Error(`The version of "${name}" is no count.`);
  return { ...wanted, version };
}
