/** `quire/client`: the typed client, free of Node. */
export { JobFailed, QuireProblem, UnexpectedAnswer } from './problems.ts';
export {
  type ClientOptions,
  type Download,
  type GenerateOptions,
  type PageOptions,
  QuireClient,
  type RedriveOptions,
  type WaitOptions,
} from './quire-client.ts';
export type { Sign } from './transport.ts';
export type * from './types.ts';
