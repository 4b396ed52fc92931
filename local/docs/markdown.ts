import { lexer, type Token, type Tokens } from 'marked';

/** A page of Markdown, as links see it. */
export interface Outline {
  /** The ids that its headings get on GitHub. */
  readonly anchors: ReadonlySet<string>;
  /** Where its links and pictures lead. */
  readonly links: readonly string[];
}

/** Reads the headings and links of a page; what stands in code is neither. */
export function outline(text: string): Outline {
  const anchors = new Set<string>();
  const links: string[] = [];
  const slug = slugger();
  const visit = (token: Token): void => {
    if (token.type === 'heading') anchors.add(slug(plain(token as Tokens.Heading)));
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
    for (const inner of innerOf(token)) visit(inner);
  };
  for (const token of lexer(text)) visit(token);
  return { anchors, links };
}

function innerOf(token: Token): readonly Token[] {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [...header, ...rows.flat()].flatMap(({ tokens }) => tokens);
  }
  if (token.type === 'list') return (token as Tokens.List).items;
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

/** The text of a heading without its marks. */
export function plain({ tokens }: Pick<Tokens.Heading, 'tokens'>): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plain({ tokens: token.tokens }) : 'text' in token ? token.text : '',
    )
    .join('');
}

/** Makes ids of headings as GitHub does: letters, digits, hyphens and underscores; the second of a name ends in `-1`. */
export function slugger(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const slug = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  };
}
