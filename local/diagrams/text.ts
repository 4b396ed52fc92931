import advances from './font/advances.json' with { type: 'json' };

export type Weight = '400Regular' | '600SemiBold';

/** The width of a line, in pixels. @throws when the cut of Noto Sans lacks a character. */
export function widthOf(text: string, size: number, weight: Weight = '400Regular'): number {
  const table: Readonly<Record<string, number>> = advances[weight];
  let sum = 0;
  for (const character of text) {
    const advance = table[character];
    if (advance === undefined) throw new Error(`no “${character}” in the font of the diagrams: "${text}"`);
    sum += advance;
  }
  return (sum * size) / 1000;
}

/** Breaks at spaces, and at line feeds. A word that is too wide stays whole. */
export function wrap(text: string, width: number, size: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** Gives a text in a language; the source is English. @throws when it has no translation. */
export type Say = (text: string) => string;

export const english: Say = (text) => text;

/** The words of another language; `same` lists names that it does not change. */
export interface Words {
  readonly same: readonly string[];
  readonly words: Readonly<Record<string, string>>;
}

export function translator({ same, words }: Words): Say {
  const unchanged = new Set(same);
  return (text) => {
    const found = unchanged.has(text) ? text : words[text];
    if (found === undefined) throw new Error(`no translation of "${text}"`);
    return found;
  };
}
