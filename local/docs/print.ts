import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Marked } from 'marked';
import { ROOT } from '../paths.ts';
import { outline, plain, slugger } from './markdown.ts';

/** The pages that are printed. */
export const PRINTED = [
  { page: 'docs/architecture.md', language: 'en' },
  { page: 'docs/arquitetura.pt-BR.md', language: 'pt-BR' },
] as const;
/** Says of each page what it was printed from. */
export const RECORD = 'docs/pdfs.json';

/** What a printed page depends on: its text and its pictures. */
export function fingerprint(page: string): string {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const hash = createHash('sha256').update(text);
  for (const link of outline(text).links) {
    if (link.endsWith('.svg')) hash.update(readFileSync(join(ROOT, 'docs', link)));
  }
  return hash.digest('hex');
}

const FONTS = join(ROOT, 'node_modules/@expo-google-fonts/noto-sans');
const face = (folder: string, weight: number): string =>
  `@font-face{font-family:Quire;font-weight:${weight};src:url(file://${FONTS}/${folder}/NotoSans_${folder}.ttf)}`;

const STYLE = `${face('400Regular', 400)}${face('600SemiBold', 600)}
@page{size:A4;margin:15mm 13mm;@bottom-right{content:counter(page) " / " counter(pages);font:7.5pt Quire,sans-serif;color:#667}}
body{font:9pt/1.42 Quire,sans-serif;color:#16202c;margin:0}
h1{font-size:21pt;margin:0 0 2mm}h2{font-size:14pt;margin:7mm 0 2mm;border-bottom:.4mm solid #cbd5e1;padding-bottom:1mm}
h3{font-size:10.5pt;margin:4.5mm 0 1.5mm}h1,h2,h3{font-weight:600;break-after:avoid}
p{margin:0 0 2.2mm}strong{font-weight:600}a{color:#1d4f8c;text-decoration:none}
code{font:.88em "DejaVu Sans Mono",monospace;background:#f1f4f8;padding:0 .6mm;border-radius:.6mm;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:1.5mm 0 3.5mm;font-size:7.2pt;line-height:1.32}
th,td{border:.2mm solid #cbd5e1;padding:.8mm 1.2mm;text-align:left;vertical-align:top;overflow-wrap:break-word}
th{background:#eef4fb;font-weight:600}tr{break-inside:avoid}thead{display:table-header-group}
td[align=right],th[align=right]{text-align:right}
table.wide{font-size:5.9pt}
img{display:block;max-width:100%;max-height:232mm;margin:2mm auto 3mm}p:has(img){break-inside:avoid}img[src*=flow-]{max-height:104mm}img[src*=context]{max-height:88mm}
ol,ul{margin:0 0 2mm;padding-left:6mm}`;

/** From so many columns on a table is set smaller. */
const WIDE = 7;

/** A page of docs/ as HTML to be printed: pictures from the disk, links between pages by the text alone. */
export function html(text: string, language: string): string {
  const slug = slugger();
  const marked = new Marked({
    renderer: {
      heading(token) {
        return `<h${token.depth} id="${slug(plain(token))}">${this.parser.parseInline(token.tokens)}</h${token.depth}>`;
      },
      image({ href, text: alt }) {
        return `<img src="file://${join(ROOT, 'docs', href)}" alt="${alt.replace(/"/g, '&quot;')}">`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        return /^(https?:|#)/.test(href) ? `<a href="${href}">${inner}</a>` : `<a>${inner}</a>`;
      },
    },
  });
  const body = String(marked.parse(text)).replace(/<table>\s*<thead>[\s\S]*?<\/thead>/g, (head) =>
    (head.match(/<th/g)?.length ?? 0) - 1 >= WIDE ? head.replace('<table>', '<table class="wide">') : head,
  );
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Quire</title><style>${STYLE}</style><body>${body}</body></html>`;
}
