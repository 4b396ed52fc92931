import * as z from 'zod';

/** A piece of JSON Schema (2020-12) or of the document around it. */
export type Json = { readonly [key: string]: unknown };

export type Direction = 'input' | 'output';

const PREFIX = '#/components/schemas/';

/** A reference to a schema of the components by the id that its `meta` gives. */
export function reference(schema: z.ZodType): Json {
  return { $ref: PREFIX + idOf(schema) };
}

/**
 * The schemas of the components that are reachable from these, by id.
 *
 * @throws Error where a request and an answer share a schema that reads differently in the two directions
 */
export function componentsOf(roots: Readonly<Record<Direction, readonly z.ZodType[]>>): Record<string, Json> {
  const components: Record<string, Json> = {};
  for (const direction of ['input', 'output'] as const) {
    const all = allSchemas(direction);
    for (const id of reachable(roots[direction].map(idOf), all)) {
      const schema = all[id] as Json;
      if (components[id] !== undefined && JSON.stringify(components[id]) !== JSON.stringify(schema)) {
        throw new Error(`The schema ${id} is not the same in a request and in an answer.`);
      }
      components[id] = schema;
    }
  }
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The parameters of a query string, one for each member of a schema, as they are written there. */
export function queryParameters(schema: z.ZodObject): Json[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...type } = property as Json;
    return { name, in: 'query', required: false, description, schema: type };
  });
}

function idOf(schema: z.ZodType): string {
  const id = schema.meta()?.id;
  if (id === undefined) throw new Error('A schema of the API needs an id in its meta.');
  return id;
}

/** Everything that has an id, whether it is of the API or not. */
function allSchemas(direction: Direction): Readonly<Record<string, Json>> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: direction,
    unrepresentable: 'any',
    uri: (id) => PREFIX + id,
    override: ({ jsonSchema }) => {
      // Of a list that no code changes zod says that no client may send it.
      delete jsonSchema.readOnly;
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      // An answer may come to have more members, so no reader may be told that there are no others.
      if (direction === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema)]));
}

/** `$schema` and `$id` name a document of its own, which a component is not. */
function withoutIds({ $schema, $id, id, ...schema }: Json): Json {
  return schema;
}

function reachable(start: readonly string[], all: Readonly<Record<string, Json>>): string[] {
  const found = new Set<string>();
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    if (all[id] === undefined) throw new Error(`There is no schema ${id}.`);
    found.add(id);
    for (const [, next] of JSON.stringify(all[id]).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      if (next !== undefined) open.push(next);
    }
  }
  return [...found];
}
