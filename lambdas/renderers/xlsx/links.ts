import { escapeXml } from './cell-text.ts';

/** Excel's limits: links of one sheet, characters of one address. */
export const MAX_LINKS = 65_530;
export const MAX_ADDRESS = 2079;

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/** The links of one sheet. They stand after its cells, so they are kept until then: a few megabytes at Excel's limit. */
export class Links {
  readonly #elements: string[] = [];
  readonly #relationships: string[] = [];

  /** Links a cell; returns whether the sheet could take it. */
  add(reference: string, target: string): 'linked' | 'too many' | 'too long' {
    if (target.length > MAX_ADDRESS) return 'too long';
    if (this.#elements.length >= MAX_LINKS) return 'too many';
    const id = `link${this.#elements.length + 1}`;
    this.#elements.push(`<hyperlink ref="${reference}" r:id="${id}"/>`);
    this.#relationships.push(
      `<Relationship Id="${id}" Type="${TYPE}" Target="${escapeXml(target)}" TargetMode="External"/>`,
    );
    return 'linked';
  }

  /** For the sheet, in pieces; nothing without links. */
  *elements(): Generator<string> {
    if (this.#elements.length === 0) return;
    yield '<hyperlinks>';
    yield* this.#elements;
    yield '</hyperlinks>';
  }

  /** For the sheet's relationships. */
  relationships(): readonly string[] {
    return this.#relationships;
  }
}
