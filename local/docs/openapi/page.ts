import { FAILURES, FAULT_CODES, JSON_TYPE, PROBLEMS } from '../../../lambdas/contract.ts';
import { leftTable } from '../table.ts';
import { openApiDocument } from './document.ts';
import { COMMON_PROBLEMS, ROUTES, type Route } from './routes.ts';
import type { Json } from './schemas.ts';

/** The text of `docs/api.md`: the document for people. */
export function apiPage(): string {
  const { schemas } = openApiDocument().components as { schemas: Readonly<Record<string, Json>> };
  return [
    HEAD,
    leftTable(
      ['route', 'does'],
      ROUTES.map(({ route, summary }) => [`[\`${route}\`](#${anchor(route)})`, summary]),
    ),
    ...ROUTES.flatMap(section),
    '## Codes',
    CODES,
    leftTable(
      ['code', 'status', 'title'],
      Object.entries(PROBLEMS).map(([code, { status, title }]) => [`\`${code}\``, String(status), title]),
    ),
    `The places of an \`INVALID_REQUEST\` have a code each: ${list(FAULT_CODES)}.`,
    'A job that ended as `error` says why:',
    leftTable(
      ['code', 'may the same request succeed'],
      Object.entries(FAILURES).map(([code, { retryable }]) => [`\`${code}\``, retryable ? 'yes' : 'no']),
    ),
    '## Schemas',
    ...Object.entries(schemas).flatMap(([name, schema]) => schemaSection(name, schema)),
  ]
    .map((text) => wrapped(text))
    .join('\n\n')
    .concat('\n');
}

const HEAD = `# The API

Made of the schemas by \`npm run docs\`; a test keeps the two equal. The same for programs, as OpenAPI 3.1, is
[openapi.json](openapi.json), and \`GET /openapi.json\` of every stage.`;

const CODES = `A refusal is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`detail\`, \`instance\`, a \`code\`,
\`errors\` with the place and the code of each fault, and a \`requestId\`. A code that is published is never renamed.`;

function section(route: Route): string[] {
  const own = route.problems.filter((code) => !COMMON_PROBLEMS.includes(code));
  const answers = Object.entries(route.answers).map(([status, { description }]) => `\`${status}\` – ${description}`);
  const [example] = Object.values(route.body?.examples ?? {});
  return [
    `## ${route.route}`,
    route.description,
    ...(route.parameters ?? []).map(({ name, in: place, description }) => `\`${name}\` (${place}): ${description}`),
    ...(example === undefined ? [] : [`The body is ${JSON_TYPE}, for example`, fenced(example)]),
    answers.join('\n\n'),
    `Refused with, in addition to what every route may answer: ${own.length === 0 ? 'nothing' : list(own)}.`,
  ];
}

function schemaSection(name: string, schema: Json): string[] {
  const forms = (schema.anyOf ?? schema.oneOf ?? [schema]) as readonly Json[];
  const about = schema.description === undefined ? [] : [String(schema.description)];
  const tables = forms.filter((form) => form.properties !== undefined).map(membersTable);
  const others = forms.filter((form) => form.properties === undefined).map(typeOf);
  const either = forms.length > 1 ? [`One of ${forms.length} forms.`] : [];
  const plain = others.length === 0 ? [] : [others.join(' or ')];
  return [`### ${name}`, ...about, ...(tables.length > 1 ? either : []), ...plain, ...tables];
}

function membersTable(schema: Json): string {
  const required = (schema.required ?? []) as readonly string[];
  const rows = Object.entries(schema.properties as Readonly<Record<string, Json>>).map(([member, type]) => [
    required.includes(member) ? `\`${member}\`` : `\`${member}\`?`,
    typeOf(type),
    [type.description, defaultOf(type)].filter(Boolean).join(' '),
  ]);
  return leftTable(['member', 'type', ''], rows);
}

function defaultOf(type: Json): string {
  return type.default === undefined ? '' : `Default: \`${JSON.stringify(type.default)}\`.`;
}

/** A type in a few words; what it refers to has a section of its own. */
function typeOf(type: Json): string {
  if (typeof type.$ref === 'string') {
    const name = type.$ref.slice(type.$ref.lastIndexOf('/') + 1);
    return `[${name}](#${name.toLowerCase()})`;
  }
  const forms = (type.anyOf ?? type.oneOf) as readonly Json[] | undefined;
  if (forms) return forms.map(typeOf).join(' or ');
  if (type.const !== undefined) return `\`${JSON.stringify(type.const)}\``;
  if (Array.isArray(type.enum)) return type.enum.length > 12 ? 'a code' : list(type.enum.map((v) => JSON.stringify(v)));
  if (type.type === 'array') return `list of ${typeOf((type.items ?? {}) as Json)}${bounds(type, 'Items', ' ')}`;
  if (type.type === 'object') {
    const { properties, additionalProperties } = type as { properties?: Json; additionalProperties?: Json };
    if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
    return additionalProperties ? `object of ${typeOf(additionalProperties)}` : 'object';
  }
  const name = [type.type].flat().join(' or ');
  return `${name}${type.format ? ` (${type.format})` : ''}${bounds(type, 'Length', ' characters')}${range(type)}`;
}

function bounds(type: Json, what: 'Items' | 'Length', unit: string): string {
  const [least, most] = [type[`min${what}`], type[`max${what}`]];
  if (most === undefined) return '';
  return `, ${least === undefined ? 'at most' : `${least} to`} ${Number(most).toLocaleString('en')}${unit}`.trimEnd();
}

function range({ minimum, maximum }: Json): string {
  if (minimum === undefined || Number(maximum) >= Number.MAX_SAFE_INTEGER) return '';
  return maximum === undefined ? `, at least ${minimum}` : `, ${minimum} to ${maximum}`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function fenced(value: unknown): string {
  return `\`\`\`json\n${printed(value, '')}\n\`\`\``;
}

/** JSON as the formatter wants it: on one line what fits on one. */
function printed(value: unknown, indent: string): string {
  const short = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']');
  if (typeof value !== 'object' || value === null || short.length + indent.length < WIDTH - 20) return short;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((each) => deeper + printed(each, deeper))
    : Object.entries(value).map(([key, each]) => `${deeper}${JSON.stringify(key)}: ${printed(each, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** As the headings' anchors are made on GitHub. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

const WIDTH = 120;

/** Prose in lines of 120; tables, headings and code as they are. */
function wrapped(text: string): string {
  if (/^(\||##|```)/.test(text)) return text;
  const lines: string[] = [];
  for (const paragraph of text.split('\n\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/)) {
      if (line !== '' && line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line, '');
  }
  return lines.join('\n').trimEnd();
}
