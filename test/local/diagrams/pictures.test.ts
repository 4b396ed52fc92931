import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paintBoard } from '../../../local/diagrams/board.ts';
import { FOLDER, files, LANGUAGES, RECORD, sha256 } from '../../../local/diagrams/files.ts';
import { faults } from '../../../local/diagrams/geometry.ts';
import type { Board } from '../../../local/diagrams/model.ts';
import { paintSequence } from '../../../local/diagrams/sequence.ts';
import { BOARDS, SEQUENCES } from '../../../local/diagrams/sources/index.ts';
import { english, translator } from '../../../local/diagrams/text.ts';
import words from '../../../local/diagrams/words.pt-BR.json' with { type: 'json' };
import { ROOT } from '../../../local/paths.ts';

const read = (name: string): string => readFileSync(join(ROOT, FOLDER, name), 'utf8');
const made = files();

describe('the pictures in docs/diagrams', () => {
  it.each([...made])('%s is what its source says; `npm run diagrams` makes it anew', (name, text) => {
    expect(read(name) === text).toBe(true);
  });

  it('each PNG shows the SVG of its name', () => {
    const wanted = [...made].filter(([name]) => name.endsWith('.svg'));
    const hashes = Object.fromEntries(wanted.map(([name, text]) => [name.replace(/svg$/, 'png'), sha256(text)]));
    expect(JSON.parse(read(RECORD))).toEqual(hashes);
    for (const name of Object.keys(hashes))
      expect(readFileSync(join(ROOT, FOLDER, name)).readUInt32BE(0)).toBe(0x89504e47);
  });

  it('are all there is', () => {
    const pictures = [...made.keys()]
      .filter((name) => name.endsWith('.svg'))
      .map((name) => name.replace(/svg$/, 'png'));
    expect(readdirSync(join(ROOT, FOLDER)).sort()).toEqual([...made.keys(), ...pictures, RECORD].sort());
  });

  it('carry their font, and load nothing', () => {
    for (const text of made.values()) expect(text).not.toMatch(/(href|src)="(?!#)|url\((?!#|data:)/);
  });
});

describe('the layout', () => {
  const boards = BOARDS.flatMap((board) =>
    LANGUAGES.map(({ ending, say }) => ({ name: board.name + ending, board, say })),
  );

  it.each(boards)('nothing in $name lies on something else, or is too large for its place', ({ board, say }) => {
    expect(faults(board, say)).toEqual([]);
  });

  it('a card on a card, a text that is too wide and a line through a card are found', () => {
    const card = { kind: 'table', size: [100, 50] } as const;
    const board: Board = {
      name: 'test',
      title: 'test',
      size: [500, 200],
      frames: [],
      cards: [
        { ...card, id: 'a', at: [10, 10], title: 'a' },
        { ...card, id: 'b', at: [90, 10], title: 'much too long for its card' },
        { ...card, id: 'c', at: [300, 10], title: 'c' },
      ],
      arrows: [{ from: 'a', to: 'c', out: 'right', in: 'left' }],
    };
    expect(faults(board, english)).toEqual([
      expect.stringMatching(/^b: title is \d+ px too wide/),
      '"a" lies on "b"',
      'a -> c runs through b',
    ]);
  });
});

it('every text has its Portuguese, and no translation is left over', () => {
  const seen = new Set<string>();
  const say = (text: string): string => {
    seen.add(text);
    return text;
  };
  for (const board of BOARDS) paintBoard(board, say);
  for (const sequence of SEQUENCES) paintSequence(sequence, say);
  expect([...words.same, ...Object.keys(words.words)].sort()).toEqual([...seen].sort());
  expect(() => translator(words)('nobody said this')).toThrow('no translation');
});
