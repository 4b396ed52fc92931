interface Place {
  /** Of the API as the caller reached it, relative to the document or whole; a slash at its end does not count. */
  readonly address: string;
  /** The scheme by which callers show who they are; none where nobody asks. */
  readonly scheme: 'sigv4' | 'bearer' | undefined;
}

/** The description of the API, as it is true of one stage: with its own address, and with the scheme by which it asks who calls. */
export function describe<Document extends object>(document: Document, { address, scheme }: Place): object {
  const { security: _, ...rest } = document as Document & { readonly security?: unknown };
  const url = address.replace(/\/$/, '') || '.';
  return {
    ...rest,
    ...(scheme === undefined ? {} : { security: [{ [scheme]: [] }] }),
    servers: [{ url, description: 'This stage.' }],
  };
}
