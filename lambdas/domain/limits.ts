import { BODY_LIMIT_BYTES } from '../contract.ts';

/**
 * The bounds of a request. What a body of 4 MiB can say is bounded by its size; these bound what it can make of others'
 * time and memory. `docs/limits.md` is made of this table (`npm run docs`), and error messages quote its numbers.
 */
export const LIMITS = {
  bodyBytes: BODY_LIMIT_BYTES,
  idempotencyKeyLength: 255,
  members: 50,
  titleLength: 200,
  referenceLength: 200,
  labelLength: 255,
  headerLength: 500,
  localeLength: 64,
  timeZoneLength: 64,
  logoBase64Length: 256 * 1024,
  tables: 50,
  /** Excel's own limit. */
  columns: 16_384,
  columnsInAll: 20_000,
  pdfColumns: 500,
  repeatedColumns: 10,
  conditionalFormats: 8,
  cells: 4_000_000,
  cellLength: 100_000,
  groups: 50_000,
  groupedFormats: 100_000,
  faults: 20,
  /** Texts of a dataset that stand for no value. */
  nulls: 20,
  /** How old a report may be that is handed out again. */
  reuseSeconds: 86_400,
  /** Of the parameters of a report that is defined in code, as JSON. */
  paramsLength: 10_000,
  echoedLength: 100,
} as const;
