import type { FaultCode } from '../contract.ts';
import type { Fault } from './answers.ts';
import { LIMITS } from './limits.ts';
import { Problem } from './problems.ts';

/** Where in a request something is wrong, and what. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code: FaultCode;
  readonly message: string;
}

/** An issue as the client sees it. */
export function faultOf({ path, code, message }: Issue): Fault {
  return { pointer: pointer(path), code, detail: message };
}

/**
 * The refusal of a body, with the first 20 places that are wrong in it.
 * @param issues at least one
 */
export function invalidRequest(issues: readonly Issue[]): Problem {
  const faults = issues.slice(0, LIMITS.faults).map(faultOf);
  const [first] = faults;
  const where = first?.pointer === '' ? 'the request' : first?.pointer;
  return new Problem('INVALID_REQUEST', `${where}: ${first?.detail}`, { faults });
}

/** RFC 6901. A part that is too long to be repeated is cut, and points nowhere then. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${echoed(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What the client wrote, short enough to be repeated in an answer. */
export function echoed(text: string): string {
  return text.length <= LIMITS.echoedLength ? text : `${text.slice(0, LIMITS.echoedLength)}…`;
}
