import type { InstrumenterOptions } from '@stryker-mutator/instrumenter';

type Ignorer = InstrumenterOptions['ignorers'][number];

/** What is read here of Babel's paths, which come without types. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly key?: Node;
  readonly id?: Node;
  readonly callee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly body?: unknown;
  readonly argument?: Node;
  readonly properties?: readonly Node[];
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
}
interface Path {
  readonly node: Node;
  readonly parentPath: Path | null;
  readonly key: string | number;
  readonly listKey?: string;
}

const LOG_METHODS = new Set(['info', 'warn', 'error', 'measure']);
/** Members, variables and constants that hold sentences for people. */
const SENTENCES = /^(description|detail|message|error|where|[A-Z]+_RULE|NOT_HTTPS)$/;
/** Functions of which an argument is what a client is told. */
const TELLING = new Set(['regex', 'refine', 'union', 'addIssue', 'over', 'refusal']);

const ignorer = (isIgnored: (path: Path) => boolean, why: string): Ignorer => ({
  shouldIgnore: (path) => (isIgnored(path as unknown as Path) ? why : undefined),
});

/** What is not mutated, and why. Codes, keys, names of attributes and expressions never are among it. */
export const IGNORERS: readonly Ignorer[] = [
  ignorer(isLogEvent, 'the name of a log event'),
  ignorer(isSentence, 'a sentence for people'),
  ignorer(returnsNothing, 'a block that returns nothing, as the empty one does'),
  ignorer(isDescription, 'a sentence of the description of the API'),
];

/** `log.warn('…', fields)`: the first argument. */
function isLogEvent({ node, parentPath, key }: Path): boolean {
  if (textOf(node) === undefined || key !== 0 || parentPath?.node.type !== 'CallExpression') return false;
  const { callee } = parentPath.node;
  if (!LOG_METHODS.has(callee?.property?.name ?? '')) return false;
  return callee?.object?.name === 'log' || callee?.object?.property?.name === 'log';
}

/** Text of several words, where a sentence belongs. */
function isSentence(path: Path): boolean {
  if (!/\S \S/.test(textOf(path.node) ?? '')) return false;
  const isChoice = path.parentPath?.node.type === 'ConditionalExpression';
  return isTold(isChoice && path.parentPath !== null ? path.parentPath : path);
}

function isTold({ parentPath, listKey }: Path): boolean {
  switch (parentPath?.node.type) {
    case 'NewExpression':
      return listKey === 'arguments';
    case 'ObjectProperty':
      return SENTENCES.test(parentPath.node.key?.name ?? '');
    case 'VariableDeclarator':
      return SENTENCES.test(parentPath.node.id?.name ?? '');
    case 'CallExpression': {
      const { callee } = parentPath.node;
      return listKey === 'arguments' && TELLING.has(callee?.property?.name ?? callee?.name ?? '');
    }
    default:
      return false;
  }
}

/** `{ return undefined; }`: emptied, it does the same. */
function returnsNothing({ node }: Path): boolean {
  if (node.type !== 'BlockStatement' || !Array.isArray(node.body) || node.body.length !== 1) return false;
  const [only] = node.body as readonly Node[];
  return only?.type === 'ReturnStatement' && only.argument?.name === 'undefined';
}

/** `.meta({ description: '…' })`, whole. */
function isDescription({ node, parentPath }: Path): boolean {
  if (node.type !== 'ObjectExpression' || parentPath?.node.type !== 'CallExpression') return false;
  if (parentPath.node.callee?.property?.name !== 'meta') return false;
  return node.properties?.every(({ key }) => key?.name === 'description') ?? false;
}

/** The fixed words of a string, or `undefined` for what is none. */
function textOf({ type, value, quasis }: Node): string | undefined {
  if (type === 'StringLiteral') return String(value);
  return type === 'TemplateLiteral' ? quasis?.map((part) => part.value.raw).join('…') : undefined;
}
