import { AL, AN, CS, EN, ES, ET, INITIATORS, L, NEUTRALS, NSM, ON, PDI, R } from './classes.ts';
import type { Sequence } from './sequences.ts';

/** Numbers, signs between them and marks (rules W1 to W7): each rule is one walk. */
export function resolveWeak({ classes, sos }: Sequence): void {
  marks(classes, sos);
  arabicNumbers(classes, sos);
  separators(classes);
  terminators(classes);
  latinNumbers(classes, sos);
}

/** W1: a mark is what it stands on. */
function marks(classes: Uint32Array, sos: number): void {
  let before = sos;
  for (let i = 0; i < classes.length; i += 1) {
    const own = classes[i] as number;
    if (own === NSM) classes[i] = before;
    else before = (own & (INITIATORS | PDI)) !== 0 ? ON : own;
  }
}

/** W2 and W3. */
function arabicNumbers(classes: Uint32Array, sos: number): void {
  let strong = sos;
  for (let i = 0; i < classes.length; i += 1) {
    const own = classes[i] as number;
    if ((own & (L | R | AL)) !== 0) strong = own;
    if (own === EN && strong === AL) classes[i] = AN;
    if (own === AL) classes[i] = R;
  }
}

/** W4: a single sign between two numbers of one kind. */
function separators(classes: Uint32Array): void {
  for (let i = 1; i < classes.length - 1; i += 1) {
    const own = classes[i] as number;
    const before = classes[i - 1] as number;
    if (before !== classes[i + 1]) continue;
    if ((own === ES && before === EN) || (own === CS && (before & (EN | AN)) !== 0)) classes[i] = before;
  }
}

/** W5 and W6: signs beside European numbers belong to them; all others are neutral. */
function terminators(classes: Uint32Array): void {
  for (let i = 0; i < classes.length; ) {
    if (classes[i] !== ET) {
      if (((classes[i] as number) & (ES | CS)) !== 0) classes[i] = ON;
      i += 1;
      continue;
    }
    let end = i;
    while (classes[end] === ET) end += 1;
    classes.fill(classes[i - 1] === EN || classes[end] === EN ? EN : ON, i, end);
    i = end;
  }
}

/** W7. */
function latinNumbers(classes: Uint32Array, sos: number): void {
  let strong = sos;
  for (let i = 0; i < classes.length; i += 1) {
    const own = classes[i] as number;
    if ((own & (L | R)) !== 0) strong = own;
    else if (own === EN && strong === L) classes[i] = L;
  }
}

/** Everything between strong characters (N1 and N2). */
export function resolveNeutrals({ classes, embedding, sos, eos }: Sequence): void {
  for (let i = 0; i < classes.length; i += 1) {
    if (((classes[i] as number) & NEUTRALS) === 0) continue;
    let end = i + 1;
    while (end < classes.length && ((classes[end] as number) & NEUTRALS) !== 0) end += 1;
    const before = i === 0 ? sos : sideOf(classes[i - 1] as number);
    const after = end === classes.length ? eos : sideOf(classes[end] as number);
    classes.fill(before === after ? before : embedding, i, end);
    i = end;
  }
}

function sideOf(own: number): number {
  return own === L ? L : R;
}

/** How much a resolved class adds to its level (I1 and I2). */
export function rise(own: number, level: number): number {
  if (level % 2 === 1) return own === R ? 0 : 1;
  return own === L ? 0 : own === R ? 1 : 2;
}
