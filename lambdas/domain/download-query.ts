import { faultOf } from './issues.ts';
import { Problem } from './problems.ts';

/** How `inline` may be said: alone, or as a value. */
const INLINE: Readonly<Record<string, boolean>> = { '': true, true: true, false: false };

/**
 * What `GET /download/{id}` takes in its query string. Without zod: the function that signs links has to start fast.
 * @throws Problem `INVALID_QUERY`
 */
export function parseDownloadQuery({ inline = 'false', ...others }: Readonly<Record<string, string>>): {
  readonly inline: boolean;
} {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(unknown, 'UNKNOWN_MEMBER', 'is no parameter of this route');
  const said = Object.hasOwn(INLINE, inline) ? INLINE[inline] : undefined;
  if (said === undefined) throw invalid('inline', 'INVALID_VALUE', 'must be true or false, or stand alone');
  return { inline: said };
}

function invalid(name: string, code: 'UNKNOWN_MEMBER' | 'INVALID_VALUE', message: string): Problem {
  const fault = faultOf({ path: [name], code, message });
  return new Problem('INVALID_QUERY', `${fault.pointer}: ${message}`, { faults: [fault] });
}
