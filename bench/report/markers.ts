/**
 * Puts text between `<!-- name -->` and `<!-- /name -->`.
 * @throws when the document has no such pair
 */
export function between(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`There is no ${open} … ${close}`);
  return `${document.slice(0, from + open.length)}\n\n${text.trim()}\n\n${document.slice(to)}`;
}
