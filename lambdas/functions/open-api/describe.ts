interface Place {
  /** Of the API as the caller reached it, relative to the document or whole; a slash at its end does not count. */
  readonly address: string;
  /** Whether callers have to sign. */
  readonly isSigned: boolean;
}

/** The description of the API, as it is true of one stage: with its own address, and with the signature that it asks for. */
export function describe<Document extends object>(document: Document, { address, isSigned }: Place): object {
  const { security, ...rest } = document as Document & { readonly security?: unknown };
  const url = address.replace(/\/$/, '') || '.';
  return { ...rest, ...(isSigned ? { security } : {}), servers: [{ url, description: 'This stage.' }] };
}
