/** What each format is served as. */
export const CONTENT_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

export type Format = keyof typeof CONTENT_TYPES;

/** What the file of bad cells is served as. */
export const NDJSON_TYPE = 'application/x-ndjson';
