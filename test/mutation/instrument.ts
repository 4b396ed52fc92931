import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Instrumenter, type InstrumenterOptions } from '@stryker-mutator/instrumenter';
import { IGNORERS } from './ignorers.ts';

/** One change of the source, and where it would be made. Lines and columns start at 1. */
export interface Mutant {
  /** As the instrumented source knows it. */
  readonly id: string;
  /** From the checkout's root. */
  readonly file: string;
  /** Stryker's name of the kind of change. */
  readonly mutator: string;
  readonly line: number;
  readonly column: number;
  readonly original: string;
  readonly replacement: string;
  /** Why it is not tried at all. */
  readonly ignored: string | undefined;
}

/** Sources that carry all their mutants, each switched on by its id in `__stryker__.activeMutant`. */
export interface Instrumented {
  readonly mutants: readonly Mutant[];
  /** By the file's path from the root. */
  readonly sources: ReadonlyMap<string, string>;
}

const silent = () => {};
const quiet = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
};

/** Puts every mutant that Stryker knows into the files, whose paths are from the root. */
export async function instrument(root: string, files: readonly string[]): Promise<Instrumented> {
  const contents = new Map(files.map((file) => [file, readFileSync(`${root}/${file}`, 'utf8')]));
  const options: InstrumenterOptions = { plugins: null, excludedMutations: [], ignorers: [...IGNORERS] };
  const wanted = [...contents].map(([file, content]) => ({ name: `${root}/${file}`, content, mutate: true }));
  const made = await new Instrumenter(quiet).instrument(wanted, options);
  const mutants = made.mutants.map(({ id, fileName, mutatorName, location, replacement, statusReason }) => {
    const file = relative(root, fileName);
    const { start, end } = location;
    return {
      id,
      file,
      mutator: mutatorName,
      line: start.line + 1,
      column: start.column + 1,
      original: between((contents.get(file) ?? '').split('\n'), start, end),
      replacement,
      ignored: statusReason,
    };
  });
  return { mutants, sources: new Map(made.files.map(({ name, content }) => [relative(root, name), content])) };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function between(lines: readonly string[], start: Place, end: Place): string {
  const part = lines.slice(start.line, end.line + 1);
  const last = part.length - 1;
  return part
    .map((line, index) => line.slice(index === 0 ? start.column : 0, index === last ? end.column : undefined))
    .join('\n');
}
