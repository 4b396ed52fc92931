import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../paths.ts';

const CSV = 'region,month,total\nNorth,2026-10,1250.5\nNorth,2026-11,980\nSouth,2026-11,412\n';
const COLUMNS = [
  { key: 'region', label: 'Region' },
  { key: 'total', label: 'Total', type: 'currency', currency: 'EUR', total: 'sum' },
];

/** What is typed, in the order in which the page shows it. */
const SCREENS = [
  'quire --help',
  'quire generate --help',
  'quire list --help',
  'quire redrive --help',
  'quire share --help',
  'quire inspect --help',
  'quire render sales.csv --out sales.xlsx',
  'quire render sales.csv --columns columns.json --group-by region --title "Sales by region" --out sales.pdf --json',
  'quire render sales.csv --format docx',
  'quire status 5p2kq4ud3r1mzx7nhtw8b6eaf9',
];

/** The text of `docs/cli.md`: every screen as the command prints it, in a folder of its own. */
export function cliPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quire-screens-'));
  try {
    writeFileSync(join(folder, 'sales.csv'), CSV);
    writeFileSync(join(folder, 'columns.json'), JSON.stringify(COLUMNS));
    return `${HEAD}\n${SCREENS.map((typed) => screen(typed, folder)).join('\n\n')}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function screen(typed: string, folder: string): string {
  const main = [process.execPath, '--import', `${ROOT}/node_modules/tsx/dist/loader.mjs`, `${ROOT}/cli/main.ts`];
  const command = typed.replace(/^quire/, main.map((word) => `'${word}'`).join(' '));
  const environment = { ...process.env, QUIRE_CONFIG: '/nowhere', QUIRE_ADDRESS: '' };
  const ended = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', env: environment });
  const printed = [ended.stdout, ended.stderr].map((text) => text.trimEnd()).filter((text) => text !== '');
  const code = ended.status === 0 ? [] : [`# ends with ${ended.status}`];
  return ['```console', `$ ${typed}`, ...printed.map(steady), ...code, '```'].join('\n');
}

/** What is another thing at every run – a rate, the bytes of a file with the time in it – in a fixed form. */
function steady(text: string): string {
  return text
    .replace(/, [\d,]+ rows\/s/g, '')
    .replace(/"sha256": "[0-9a-f]{64}"/g, '"sha256": "…"')
    .replace(/"sizeBytes": \d+/g, '"sizeBytes": …')
    .replace(/\d+\.\d KiB/g, '… KiB');
}

const HEAD = `# The command line

The screens are printed by \`npm run docs\`; a test keeps them equal to what the command prints. In a checkout the command is
\`npm run -s quire --\`.

Where the service is, and how calls are signed, is said by a flag, else by the environment, else by a profile in
\`~/.config/quire/config.json\` (or \`$XDG_CONFIG_HOME\`, or the file \`QUIRE_CONFIG\` names):

\`\`\`json
{ "profiles": { "default": { "address": "https://….execute-api.eu-central-1.amazonaws.com/prod" } } }
\`\`\`

Without \`--auth\`, a service on the machine itself is called unsigned and every other one with a signature (SigV4) by the
usual chain of AWS credentials; with \`--token\`, calls bear that token. \`render\` calls no service at all.

The file of \`--columns\` is a list of columns, or an object with any member of a request besides:
\`{"columns": […], "groupBy": "region", "layout": {"orientation": "landscape"}}\`; see [api.md](api.md).
`;
