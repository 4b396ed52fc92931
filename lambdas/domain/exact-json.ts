/**
 * JSON whose numbers keep their digits. `JSON.parse` makes a double of each number, which changes what has more than
 * about 16 digits: 2916334247900527532 becomes 2916334247900527600.
 */

/** A number that may be more than a double holds: 16 characters, or an exponent of three digits. Also finds some text. */
const SUSPECT = /[[,:\s](-?\d[\d.]{15,}(?:[eE][-+]?\d+)?|-?\d[\d.]*[eE][-+]?\d{3,})/g;

/**
 * As `JSON.parse`, but a number whose digits a double would change is given as text, digit by digit. Ordinary bodies are
 * searched once, which takes a fraction of the time of parsing them.
 * @param isChanged which numbers become text
 * @throws SyntaxError
 */
export function parseExactly(text: string, isChanged: NumberTest = isRounded): unknown {
  const json: unknown = JSON.parse(text);
  return mayChange(text, isChanged) ? JSON.parse(quoteChanged(text, isChanged)) : json;
}

/** Whether a number, as JSON writes it, is to be text. */
type NumberTest = (number: string) => boolean;

function mayChange(text: string, isChanged: NumberTest): boolean {
  for (const [, number = ''] of text.matchAll(SUSPECT)) if (isChanged(number)) return true;
  return false;
}

/** The same JSON with quotes around each number that a double changes. The text is known to be JSON. */
function quoteChanged(text: string, isChanged: NumberTest): string {
  const parts: string[] = [];
  const token = /"|-?\d[\d.eE+-]*/g;
  let copied = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === '"') {
      token.lastIndex = endOfString(text, match.index);
    } else if (isChanged(found)) {
      parts.push(text.slice(copied, match.index), `"${found}"`);
      copied = token.lastIndex;
    }
  }
  return parts.join('') + text.slice(copied);
}

/** The place after the closing quote of the string that opens there. */
function endOfString(text: string, opening: number): number {
  let at = opening + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Also what is beyond a double altogether, such as 1e999: for readers who keep what they cannot take as a number. */
export function isNoDouble(number: string): boolean {
  return !Number.isFinite(Number(number)) || isRounded(number);
}

/** What is beyond a double altogether, 1e999, stays a number: it is refused as one that is not finite. */
function isRounded(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value) || String(value) === number) return false;
  return decimalOf(number) !== decimalOf(String(value));
}

/** A number's digits without zeros at either end, and the exponent of the first: the same for the same value. */
function decimalOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = whole + fraction;
  const start = digits.search(/[1-9]/);
  if (start < 0) return '0';
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return `${sign}${digits.slice(start, end)}e${whole.length - start + Number(exponent)}`;
}
