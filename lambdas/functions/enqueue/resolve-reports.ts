import type { Issue } from '../../domain/issues.ts';
import { issuesOf, refusal } from '../../domain/parse-request.ts';
import { type ReportDefinition, typed, type UsedParameter, usedParameters } from '../../domain/report-definition.ts';
import type { Column, DefinedTable, ReportRequest, RequestTable } from '../../domain/request.ts';

/**
 * A title for a request that has none and asks for a report that has one; any title for a report that there is not, so
 * that it is refused for its name and not for the title.
 */
export function withTitle(json: unknown, definitions: readonly ReportDefinition[]): unknown {
  if (typeof json !== 'object' || json === null || !('report' in json) || 'title' in json) return json;
  const definition = definitions.find(({ name }) => name === json.report);
  return { ...json, title: definition?.title ?? 'Report' };
}

/**
 * Holds the tables that ask for a defined report against its definition, and gives them their columns.
 * @param wasSingle whether the one table was written at the top level, to which places then point
 * @throws Problem `INVALID_REQUEST` that points at each parameter and column that the definition does not take
 */
export function resolveReports(
  request: ReportRequest,
  definitions: readonly ReportDefinition[],
  wasSingle: boolean,
): ReportRequest {
  if (request.tables.every(({ report }) => report === undefined)) return request;
  const issues: Issue[] = [];
  const parameters: UsedParameter[] = [];
  const tables = request.tables.map((table, i): RequestTable => {
    if (table.report === undefined) return table;
    const path = ['tables', i, 'report'];
    const definition = definitions.find(({ name }) => name === table.report.name);
    if (definition === undefined) {
      issues.push({ path: [...path, 'name'], code: 'UNKNOWN_REPORT', message: 'there is no report of this name' });
      return table;
    }
    const params = definition.params.safeParse(table.report.params);
    if (params.success) parameters.push(...usedParameters(definition, params.data));
    else
      issues.push(
        ...params.error.issues
          .flatMap(issuesOf)
          .map((issue) => ({ ...issue, path: [...path, 'params', ...issue.path] })),
      );
    const columns = chosen(definition, table, path, issues);
    if (table.groupBy !== undefined && !columns.some(({ key }) => key === table.groupBy)) {
      const message = 'is not the key of a column of the report';
      issues.push({ path: ['tables', i, 'groupBy'], code: 'UNKNOWN_COLUMN', message });
    }
    const { name, version } = definition;
    return { ...table, columns, report: { name, params: table.report.params, version } };
  });
  if (issues.length === 0) return { ...request, tables, ...(parameters.length > 0 && { parameters }) };
  throw refusal(issues, wasSingle);
}

/** The columns that the request names, in its order; all of them where it names none. */
function chosen(
  definition: ReportDefinition,
  { report }: DefinedTable,
  path: Issue['path'],
  issues: Issue[],
): Column[] {
  if (report.columns === undefined) return definition.columns.map(typed);
  const seen = new Set<string>();
  return report.columns.flatMap((key, i) => {
    const column = definition.columns.find((each) => each.key === key);
    const place = [...path, 'columns', i];
    if (column === undefined) {
      issues.push({ path: place, code: 'UNKNOWN_COLUMN', message: 'is not the key of a column of the report' });
    } else if (seen.has(key)) {
      issues.push({ path: place, code: 'DUPLICATE_KEY', message: 'is chosen twice' });
    }
    seen.add(key);
    return column === undefined ? [] : [typed(column)];
  });
}
