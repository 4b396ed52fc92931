import { JSON_TYPE, PROBLEM_TYPE, PROBLEMS, type ProblemCode } from '../../../lambdas/contract.ts';
import { problemSchema } from '../../../lambdas/domain/answers.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { problemExample } from './examples.ts';
import { type Answer, COMMON_PROBLEMS, HEADERS, ROUTES, type Route } from './routes.ts';
import { componentsOf, type Json, reference } from './schemas.ts';

/** The description of the API (OpenAPI 3.1), made of the schemas that validate requests and make the answers' types. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Quire',
      version: manifest.version,
      summary: manifest.description,
      description: INTRODUCTION,
      license: { name: manifest.license, identifier: manifest.license },
    },
    servers: [
      {
        url: 'https://{api}.execute-api.{region}.amazonaws.com/{stage}',
        description: 'A deployed stage.',
        variables: {
          api: { default: 'abcdefghij', description: 'The id of the API, an output of the stack.' },
          region: { default: 'eu-central-1' },
          stage: { default: 'prod', enum: ['dev', 'prod'] },
        },
      },
    ],
    // One or the other, by stage.
    security: [{ sigv4: [] }, { bearer: [] }],
    tags: TAGS,
    paths: paths(),
    components: { securitySchemes: { sigv4: SIGV4, bearer: BEARER }, headers: HEADERS, schemas: components() },
  };
}

const INTRODUCTION =
  'Turns rows into XLSX and PDF reports. Post a request, ask for the job until it has ended, download the file. ' +
  'Refusals are `application/problem+json` (RFC 9457) with a code that is never renamed. Readers have to ignore ' +
  'members that they do not know.';

const TAGS = [
  { name: 'Reports', description: 'From a request to a file.' },
  { name: 'Shares', description: 'Links to files for people without credentials.' },
  { name: 'Datasets', description: 'Rows that are uploaded before a request names them.' },
  { name: 'Callbacks', description: 'Signed POSTs that tell of the end of a job (Standard Webhooks).' },
  { name: 'Contract', description: 'The API about itself.' },
];

const SIGV4 = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  description: 'AWS Signature Version 4 for the service `execute-api`. The signing principal is the tenant.',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'A token of an issuer that the stage trusts (`-c auth=jwt`). A claim of it is the tenant.',
};

function components(): Json {
  const input = ROUTES.flatMap(({ body }) => (body ? [body.schema] : []));
  const answers = ROUTES.flatMap((route) => Object.values(route.answers));
  const output = [problemSchema, ...answers.flatMap(({ schema }) => (schema ? [schema] : []))];
  return componentsOf({ input, output });
}

function paths(): Json {
  const result: Record<string, Record<string, Json>> = {};
  for (const route of ROUTES) {
    const [method = '', path = ''] = route.route.split(' ');
    result[path] = { ...result[path], [method.toLowerCase()]: operation(route, path) };
  }
  return result;
}

function operation(route: Route, path: string): Json {
  const { operationId, tag, summary, description, parameters, body } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(route.isOpen === true ? { security: [] } : {}),
    ...(parameters ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: body.required, content: { [JSON_TYPE]: content(body.schema, body.examples) } } }
      : {}),
    responses: { ...answersOf(route), ...problemsOf(route, path) },
  };
}

function answersOf(route: Route): Json {
  return Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer)]));
}

function answerOf({ description, schema, isEmpty = false, examples, headers = [], links }: Answer): Json {
  const media = schema === undefined ? { schema: { type: 'object' } } : content(schema, examples ?? {});
  return {
    description,
    ...(headers.length > 0
      ? { headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])) }
      : {}),
    ...(isEmpty ? {} : { content: { [JSON_TYPE]: media } }),
    ...(links ? { links } : {}),
  };
}

function content(schema: Parameters<typeof reference>[0], examples: Readonly<Record<string, unknown>>): Json {
  const named = Object.entries(examples).map(([name, value]) => [name, { value }]);
  return { schema: reference(schema), examples: Object.fromEntries(named) };
}

/** One answer a status, since a document can have no more; its schema and its examples distinguish its codes. */
function problemsOf(route: Route, path: string): Json {
  const codes = [...new Set([...COMMON_PROBLEMS, ...route.problems])];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      refusal(
        codes.filter((code) => PROBLEMS[code].status === status),
        path,
      ),
    ]),
  );
}

/** Statuses that tell when to come again. */
const RETRIED: readonly number[] = [429, 503];

function refusal(codes: readonly ProblemCode[], path: string): Json {
  const [first] = codes;
  const { status } = PROBLEMS[first as ProblemCode];
  const schema = { allOf: [reference(problemSchema), { properties: { code: { enum: codes } } }] };
  const examples = Object.fromEntries(codes.map((code) => [code, { value: problemExample(code, path) }]));
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    ...(RETRIED.includes(status) ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } } : {}),
    content: { [PROBLEM_TYPE]: { schema, examples } },
  };
}
