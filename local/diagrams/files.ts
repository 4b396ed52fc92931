import { createHash } from 'node:crypto';
import { paintBoard } from './board.ts';
import { drawio } from './drawio.ts';
import { paintSequence } from './sequence.ts';
import { components } from './sources/components.ts';
import { BOARDS, SEQUENCES } from './sources/index.ts';
import { english, type Say, translator } from './text.ts';
import words from './words.pt-BR.json' with { type: 'json' };

/** Where the pictures lie. */
export const FOLDER = 'docs/diagrams';
/** Says of each PNG the hash of the SVG that it shows. */
export const RECORD = 'images.json';

/** The languages of the pictures, by what their names end in. */
export const LANGUAGES: readonly { readonly ending: string; readonly say: Say }[] = [
  { ending: '', say: english },
  { ending: '.pt-BR', say: translator(words) },
];

/** Every file that is made of the sources alone, by name. */
export function files(): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const { ending, say } of LANGUAGES) {
    for (const board of BOARDS) made.set(`${board.name}${ending}.svg`, paintBoard(board, say));
    for (const sequence of SEQUENCES) made.set(`${sequence.name}${ending}.svg`, paintSequence(sequence, say));
  }
  return made.set('components.drawio', drawio(components));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
