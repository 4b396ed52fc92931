import type { Issue } from './issues.ts';
import { LIMITS } from './limits.ts';
import { countGroups } from './rows.ts';

type Members = Readonly<Record<string, unknown>>;
type Path = Issue['path'];

/**
 * What is too much of a request, found before anything else is: a schema library makes an object of every member that it
 * does not know and of every item of a list that is too long, so what it is given has to be bounded. Whatever has another
 * shape than a request is left to the schema.
 */
export function overLimits(request: unknown): Issue[] {
  if (!isObject(request)) return [];
  const issues = [...membersOver(request, []), ...within(request.layout, ['layout'])];
  if (!Array.isArray(request.tables)) return issues;
  if (request.tables.length > LIMITS.tables) {
    const message = over('tables', request.tables.length, LIMITS.tables);
    return [...issues, { path: ['tables'], code: 'TOO_MANY_ITEMS', message }];
  }
  const tables: unknown[] = request.tables;
  const columns = tables.flatMap((table, i) => columnsOver(table, request.format, ['tables', i]));
  if (columns.length > 0) return [...issues, ...columns];
  return [...issues, ...tables.flatMap(insideTable), ...totalsOver(tables)];
}

/** An object and the objects in it: none of a request's is deeper than the logo in the layout. */
function within(value: unknown, path: Path): Issue[] {
  if (!isObject(value)) return [];
  const issues = membersOver(value, path);
  if (issues.length > 0) return issues;
  return Object.entries(value).flatMap(([key, member]) =>
    isObject(member) ? membersOver(member, [...path, key]) : [],
  );
}

function columnsOver(table: unknown, format: unknown, path: Path): Issue[] {
  const count = columnsOf(table).length;
  const most = format === 'pdf' ? LIMITS.pdfColumns : LIMITS.columns;
  if (count <= most) return [];
  const where = format === 'pdf' ? 'columns of a table in a PDF' : 'columns';
  return [{ path: [...path, 'columns'], code: 'TOO_MANY_COLUMNS', message: over(where, count, most) }];
}

function insideTable(table: unknown, index: number): Issue[] {
  if (!isObject(table)) return [];
  const path = ['tables', index];
  const inColumns = columnsOf(table).flatMap((column, i) => insideColumn(column, [...path, 'columns', i]));
  return [...membersOver(table, path), ...inColumns, ...groupsOver(table, path)];
}

function insideColumn(column: unknown, path: Path): Issue[] {
  if (!isObject(column)) return [];
  const formats = column.conditionalFormats;
  if (!Array.isArray(formats)) return membersOver(column, path);
  const place = [...path, 'conditionalFormats'];
  if (formats.length > LIMITS.conditionalFormats) {
    const message = over('conditional formats', formats.length, LIMITS.conditionalFormats);
    return [{ path: place, code: 'TOO_MANY_ITEMS', message }];
  }
  return [...membersOver(column, path), ...formats.flatMap((format, i) => within(format, [...place, i]))];
}

/** A subtotal is a row more, and each group is a range more of every conditional format. */
function groupsOver(table: Members, path: Path): Issue[] {
  const groups = groupsOf(table);
  const formats = columnsOf(table).reduce<number>((sum, column) => sum + formatsOf(column), 0);
  const place = [...path, 'groupBy'];
  if (groups > LIMITS.groups) {
    return [{ path: place, code: 'TOO_MANY_GROUPS', message: over('groups', groups, LIMITS.groups) }];
  }
  if (groups * formats <= LIMITS.groupedFormats) return [];
  const message = over(`groups × ${formats} conditional formats`, groups * formats, LIMITS.groupedFormats);
  return [{ path: place, code: 'TOO_MANY_GROUPS', message }];
}

function totalsOver(tables: readonly unknown[]): Issue[] {
  const columns = tables.reduce<number>((sum, table) => sum + columnsOf(table).length, 0);
  const path = ['tables'];
  if (columns > LIMITS.columnsInAll) {
    return [{ path, code: 'TOO_MANY_COLUMNS', message: over('columns in all tables', columns, LIMITS.columnsInAll) }];
  }
  const cells = tables.reduce<number>((sum, table) => sum + cellsOf(table), 0);
  if (cells <= LIMITS.cells) return [];
  return [{ path, code: 'TOO_MANY_CELLS', message: over('cells (rows and subtotals × columns)', cells, LIMITS.cells) }];
}

function cellsOf(table: unknown): number {
  return isObject(table) ? (rowsOf(table).length + groupsOf(table)) * columnsOf(table).length : 0;
}

function groupsOf(table: Members): number {
  const { groupBy } = table;
  if (typeof groupBy !== 'string') return 0;
  const position = columnsOf(table).findIndex((column) => isObject(column) && column.key === groupBy);
  return position < 0 ? 0 : countGroups(rowsOf(table), groupBy, position);
}

function columnsOf(table: unknown): readonly unknown[] {
  return isObject(table) && Array.isArray(table.columns) ? table.columns : [];
}

function rowsOf(table: Members): readonly unknown[] {
  return Array.isArray(table.rows) ? table.rows : [];
}

function formatsOf(column: unknown): number {
  return isObject(column) && Array.isArray(column.conditionalFormats) ? column.conditionalFormats.length : 0;
}

function membersOver(value: Members, path: Path): Issue[] {
  const count = Object.keys(value).length;
  if (count <= LIMITS.members) return [];
  return [{ path, code: 'TOO_MANY_MEMBERS', message: over('members', count, LIMITS.members) }];
}

function over(what: string, count: number, most: number): string {
  return `has ${count} ${what}; at most ${most} are accepted`;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
