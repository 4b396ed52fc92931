/**
 * A request in the forms in which a client writes it. Validation folds them into one (see `parse-request.ts`); the
 * description of the API and the types of the client are made of these. A test holds the two against each other.
 */
import * as z from 'zod';
import { postedDatasetSchema } from './dataset.ts';
import { LIMITS } from './limits.ts';
import {
  chosenColumnsSchema,
  paramsSchema,
  reportNameSchema,
  reportUseSchema,
  requestSchema,
  tableMembers,
} from './request.ts';

const cell = z.union([z.string().max(LIMITS.cellLength), z.number(), z.boolean(), z.null()]).meta({
  id: 'Cell',
  description: 'Dates are ISO 8601 strings. A number beyond a double keeps all its digits as text.',
});

const row = z
  .union([z.record(z.string(), cell), z.array(cell).readonly()])
  .meta({ id: 'Row', description: 'An object by column key, or an array by position.' });

const { name, groupBy } = tableMembers;
const described = tableMembers.columns.unwrap().readonly();
const columns = described.optional().meta(tableMembers.columns.meta() ?? {});
const inline = { columns: described, groupBy, rows: z.array(row).readonly() };
const uploaded = { columns, groupBy, dataset: postedDatasetSchema };

const defined = {
  groupBy,
  report: reportNameSchema,
  params: paramsSchema.optional(),
  columns: chosenColumnsSchema.optional(),
};

const table = z
  .union([
    z.strictObject({ name, ...inline }),
    z.strictObject({ name, ...uploaded }),
    z.strictObject({ name, groupBy, report: reportUseSchema }),
  ])
  .meta({
    id: 'Table',
    description: 'A sheet of a workbook, a section of a PDF. Its rows are given here, uploaded, or defined in code.',
  });

const { tables, ...common } = requestSchema.shape;
const title = common.title.optional().meta({ description: 'Default: the title of the report.' });

/** `POST /generate` takes several tables, or one whose members stand at the top level. */
export const postedRequestSchema = z
  .union([
    z.strictObject({ ...common, tables: z.array(table).min(1).max(LIMITS.tables).readonly() }),
    z.strictObject({ ...common, ...inline }),
    z.strictObject({ ...common, ...uploaded }),
    z.strictObject({ ...common, title, ...defined }),
  ])
  .meta({ id: 'ReportRequest' });

/** What a client posts. */
export type PostedRequest = z.input<typeof postedRequestSchema>;
