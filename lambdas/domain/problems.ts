import type { ProblemCode } from '../contract.ts';
import type { Fault } from './answers.ts';

/** A refusal that the client sees; its status and title are in the contract, by its code. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly faults: readonly Fault[];

  constructor(code: ProblemCode, detail: string, options: ErrorOptions & { readonly faults?: readonly Fault[] } = {}) {
    super(detail, options);
    this.code = code;
    this.faults = options.faults ?? [];
  }
}
