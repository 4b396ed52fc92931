import type { Measures } from '../../../lambdas/domain/measures.ts';
import type { Fields, Log } from '../../../lambdas/domain/ports.ts';

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: Parameters<Log['info']>[1];
  readonly cause?: unknown;
  readonly measures?: Measures;
}

/** Keeps what was logged. */
export class MemoryLog implements Log {
  readonly lines: Line[] = [];

  info(event: string, fields?: Line['fields']): void {
    this.lines.push({ level: 'info', event, fields });
  }

  warn(event: string, fields?: Line['fields']): void {
    this.lines.push({ level: 'warn', event, fields });
  }

  error(event: string, fields: Line['fields'], cause: unknown): void {
    this.lines.push({ level: 'error', event, fields, cause });
  }

  measure(event: string, fields: Fields, measures: Measures): void {
    this.lines.push({ level: 'info', event, fields, measures });
  }
}
