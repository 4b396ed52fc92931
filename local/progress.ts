const BAR_WIDTH = 24;

/** What is shown of one running thing. */
export interface Meter {
  readonly label: string;
  /** 0 to 1. */
  readonly part: number;
  readonly note: string;
}

/**
 * Shows meters: as bars that are redrawn in place on a terminal, elsewhere as one plain line per change of note, so that
 * a log stays readable.
 */
export function createProgress(out: NodeJS.WriteStream = process.stdout) {
  const meters = new Map<string, Meter>();
  const width = () => Math.max(0, ...[...meters.keys()].map((label) => label.length));
  let drawn = 0;

  function redraw(): void {
    const lines = [...meters.values()].map((meter) => `${barOf(meter, width())}\x1b[K\n`);
    out.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.join('')}`);
    drawn = lines.length;
  }

  return {
    update(meter: Meter): void {
      const before = meters.get(meter.label);
      meters.set(meter.label, meter);
      if (out.isTTY) redraw();
      else if (before?.note !== meter.note) out.write(`${lineOf(meter, width())}\n`);
    },
  };
}

export type Progress = ReturnType<typeof createProgress>;

function barOf({ label, part, note }: Meter, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * BAR_WIDTH);
  return `  ${label.padEnd(width)}  ${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}  ${note}`;
}

function lineOf({ label, note }: Meter, width: number): string {
  return `  ${label.padEnd(width)}  ${note}`;
}
