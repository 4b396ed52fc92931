/**
 * Where a text stops being JSON (RFC 8259). V8 names the place in some of its messages alone, and quotes the text in
 * them, which may hold anything. Only called for what `JSON.parse` refuses.
 */

type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or end';

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/** Also DEL and the controls after it, which JSON allows. */
const PLAIN = /(?:[^"\\\p{Cc}]|[\u007f-\u009f])+/uy;

/** "line 3, column 14": of the first character that cannot stand there, or of the end where the text breaks off. */
export function placeOfError(text: string): string {
  const before = text.slice(0, new Reader(text).errorAt());
  const lastBreak = before.lastIndexOf('\n');
  const line = before.split('\n').length;
  return `line ${line}, column ${before.length - lastBreak}`;
}

class Reader {
  readonly #text: string;
  /** The brackets that are open. */
  readonly #open: string[] = [];
  #at = 0;
  #expected: Expected = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  /** The index of the first character that is wrong; the length of the text where it breaks off. */
  errorAt(): number {
    for (;;) {
      this.#skip(SPACE);
      if (!this.#token(this.#text[this.#at])) return this.#at;
    }
  }

  /** Reads one token; `false` where none can stand. */
  #token(next: string | undefined): boolean {
    switch (this.#expected) {
      case 'key or }':
        return (next === '}' && this.#close('}')) || this.#string(':');
      case 'key':
        return this.#string(':');
      case ':':
        return next === ':' && this.#step('value');
      case ', or end':
        return next === ',' ? this.#comma() : this.#close(next);
      case 'value or ]':
        return (next === ']' && this.#close(']')) || this.#value(next);
      case 'value':
        return this.#value(next);
    }
  }

  #value(next: string | undefined): boolean {
    if (next === '"') return this.#string(', or end');
    if (next === '[') return this.#enter('[', 'value or ]');
    if (next === '{') return this.#enter('{', 'key or }');
    if (!this.#skip(WORD) && !this.#skip(NUMBER)) return false;
    this.#expected = ', or end';
    return true;
  }

  #string(after: Expected): boolean {
    if (this.#text[this.#at] !== '"') return false;
    this.#at += 1;
    while (this.#skip(PLAIN) || this.#skip(ESCAPE));
    return this.#text[this.#at] === '"' && this.#step(after);
  }

  #enter(bracket: string, expected: Expected): boolean {
    this.#open.push(bracket);
    return this.#step(expected);
  }

  #close(bracket: string | undefined): boolean {
    const opened = this.#open.at(-1);
    if (bracket === undefined || `${opened}${bracket}` !== (opened === '[' ? '[]' : '{}')) return false;
    this.#open.pop();
    return this.#step(', or end');
  }

  #comma(): boolean {
    const opened = this.#open.at(-1);
    return opened !== undefined && this.#step(opened === '[' ? 'value' : 'key');
  }

  #step(expected: Expected): boolean {
    this.#at += 1;
    this.#expected = expected;
    return true;
  }

  /** Goes past what stands here, if it is that; `false` where nothing was passed. */
  #skip(what: RegExp): boolean {
    what.lastIndex = this.#at;
    if (!what.test(this.#text) || what.lastIndex === this.#at) return false;
    this.#at = what.lastIndex;
    return true;
  }
}
