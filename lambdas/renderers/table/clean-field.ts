import { cleanText } from '../values/text.ts';
import type { Warnings } from './warnings.ts';

/**
 * A text of the request that is no cell, as a part of a file can hold it; not yet escaped.
 * @param what names the text, should there be something to warn of
 */
export function cleanField(text: string, warnings: Warnings, what: () => string): string {
  const clean = cleanText(text);
  if (clean !== text.replace(/\r\n?/g, '\n')) {
    warnings.add('CHARACTERS_DROPPED', () => `${what()} contained characters that a file of this format cannot hold.`);
  }
  return clean;
}
