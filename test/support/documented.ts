import type * as z from 'zod';
import { PROBLEM_TYPE } from '../../lambdas/contract.ts';
import { problemSchema } from '../../lambdas/domain/answers.ts';
import { COMMON_PROBLEMS, ROUTES, type Route } from '../../local/docs/openapi/routes.ts';

type Fetch = (call: string | Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` that holds every answer of the API against its description: the status, the code, the body. What an answer
 * says beyond its schema is a fault too. Calls of a route that does not exist are let through.
 *
 * @param address of the API, without a trailing slash
 */
export function documented(address: string, fetch: Fetch): Fetch {
  const base = new URL(address);
  return async (call, init) => {
    const { method = 'GET', url } = typeof call === 'string' ? { ...init, url: call } : call;
    const response = await fetch(call, init);
    const { origin, pathname } = new URL(url);
    const isOfApi = origin === base.origin && pathname.startsWith(base.pathname);
    const route = isOfApi ? routeOf(method, pathname.slice(base.pathname.length)) : undefined;
    if (route !== undefined && !isOfEmulator(response)) await check(route, response.clone());
    return response;
  };
}

/**
 * Of a function that was killed an emulator tells in words of its own; on AWS the gateway's response of the template does,
 * which is asserted there.
 */
function isOfEmulator({ status, headers }: Response): boolean {
  return status >= 500 && headers.get('content-type') !== PROBLEM_TYPE;
}

/** The route that a path belongs to. */
export function routeOf(method: string, path: string): Route | undefined {
  return ROUTES.find(({ route }) => {
    const [itsMethod, template = ''] = route.split(' ');
    const pattern = template.replace('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
    return itsMethod === method && new RegExp(`^${pattern}/?$`).test(path);
  });
}

/** @throws Error where the description of the API does not know such an answer */
export async function check({ route, answers, problems }: Route, response: Response): Promise<void> {
  const { status } = response;
  const told = `${route} answered ${status}, which its description`;
  const answer = answers[String(status)];
  if (answer === undefined) {
    const problem = problemSchema.strict().parse(await response.json());
    const isKnown = [...COMMON_PROBLEMS, ...problems].includes(problem.code);
    if (!isKnown || problem.status !== status) throw new Error(`${told} does not: ${JSON.stringify(problem)}`);
    if (response.headers.get('content-type') !== PROBLEM_TYPE) throw new Error(`${told} calls ${PROBLEM_TYPE}`);
  } else if (answer.schema !== undefined) {
    same(answer.schema, await response.json(), told);
  }
}

/** A schema drops the members that it does not know: what is left must be what came. */
function same(schema: z.ZodType, body: unknown, told: string): void {
  const known = JSON.stringify(schema.parse(body));
  if (known.length !== JSON.stringify(body).length)
    throw new Error(`${told} lacks a member of: ${JSON.stringify(body)}`);
}
