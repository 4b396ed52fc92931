/** What a reader may be sent to. Anything else (`javascript:`, `file:`, `\\server\share`) stays text. */
const SAFE = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@])/i;

/**
 * The address that a cell of a `url` column links to, percent-encoded; `undefined` where it must stay plain text.
 * @param text a cell, already cleaned
 */
export function linkTarget(text: string): string | undefined {
  const trimmed = text.trim();
  if (!SAFE.test(trimmed) || /\s/.test(trimmed)) return undefined;
  try {
    return new URL(trimmed).href;
  } catch {
    return undefined;
  }
}
