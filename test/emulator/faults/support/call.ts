import type { IncomingHttpHeaders } from 'node:http';
import { output } from '../../../support/target.ts';

/** What a call of a function is for, in the words of the ports. */
export type Step =
  | 'create'
  | 'read'
  | 'due'
  | 'claim'
  | 'heartbeat'
  | 'stage'
  | 'giveBack'
  | 'giveBackUncounted'
  | 'markSent'
  | 'finish'
  | 'cancel'
  | 'redrive'
  | 'lock'
  | 'recall'
  | 'remember'
  | 'forget'
  | 'send'
  | 'return'
  | 'save'
  | 'load'
  | 'inspect'
  | 'put'
  | 'begin'
  | 'part'
  | 'complete'
  | 'abort'
  | 'remove'
  | 'unknown';

export type Service = 'dynamodb' | 'sqs' | 's3';

/** One call of a function to an AWS service, as the wire shows it. */
export interface Call {
  readonly service: Service;
  readonly step: Step;
  /** The job that it is about; of the idempotency table's calls the record's key, which holds a hash of it. */
  readonly subject: string;
  /** Of the caller's end of the connection, and of ours: by both its process is found. */
  readonly port: number;
  readonly proxyPort: number;
  /** When it arrived, in milliseconds of a clock that never jumps. */
  readonly at: number;
}

interface Wire {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly port: number;
  readonly proxyPort: number;
}

export function callOf({ method, url, headers, body, port, proxyPort }: Wire): Call {
  const target = String(headers['x-amz-target'] ?? '');
  const [api = '', operation = ''] = target.split('.');
  const arrival = { port, proxyPort, at: performance.now() };
  if (api.startsWith('DynamoDB_')) return { service: 'dynamodb', ...arrival, ...dynamoCall(operation, body) };
  if (api === 'AmazonSQS') return { service: 'sqs', ...arrival, ...queueCall(operation, body) };
  return { service: 's3', ...arrival, ...bucketCall(method, decodeURIComponent(url)) };
}

interface ItemCall {
  readonly TableName: string;
  readonly Key?: { readonly id: { readonly S: string } };
  readonly Item?: { readonly id: { readonly S: string } };
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

function dynamoCall(operation: string, body: Buffer): { step: Step; subject: string } {
  const { TableName, Key, Item, ExpressionAttributeNames = {} }: ItemCall = JSON.parse(body.toString('utf8'));
  const subject = Key?.id.S ?? Item?.id.S ?? '';
  const steps = TableName === output('IdempotencyTable') ? LOCK_STEPS : JOB_STEPS;
  return { step: steps[operation] ?? updateOf(Object.values(ExpressionAttributeNames)), subject };
}

const LOCK_STEPS: { readonly [operation: string]: Step } = {
  PutItem: 'lock',
  GetItem: 'recall',
  UpdateItem: 'remember',
  DeleteItem: 'forget',
};
const JOB_STEPS: { readonly [operation: string]: Step } = { PutItem: 'create', GetItem: 'read', Query: 'due' };

/** A transition is known by an attribute that no transition further down the list touches. */
const TRANSITIONS: readonly (readonly [attribute: string, step: Step])[] = [
  ['openedAt', 'redrive'],
  ['finishedAt', 'finish'],
  ['cancelRequestedAt', 'cancel'],
  ['startedAt', 'claim'],
  ['staged', 'stage'],
  ['lastFailure', 'giveBack'],
  ['tries', 'giveBackUncounted'],
  ['sends', 'markSent'],
  ['progress', 'heartbeat'],
];

function updateOf(attributes: readonly string[]): Step {
  // Whoever finishes a job that was taken names the attempt; a queued one is cancelled without.
  if (attributes.includes('finishedAt') && !attributes.includes('attempt')) return 'cancel';
  return TRANSITIONS.find(([attribute]) => attributes.includes(attribute))?.[1] ?? 'unknown';
}

function queueCall(operation: string, body: Buffer): { step: Step; subject: string } {
  if (operation !== 'SendMessage') return { step: 'return', subject: '' };
  const { MessageBody }: { MessageBody: string } = JSON.parse(body.toString('utf8'));
  return { step: 'send', subject: (JSON.parse(MessageBody) as { jobId: string }).jobId };
}

/** `/{bucket}/reports/{tenant}/{job}/…` or `/{bucket}/requests/{job}/…` */
function bucketCall(method: string, url: string): { step: Step; subject: string } {
  const [path = '', query = ''] = url.split('?');
  const [, , folder, first = '', second = ''] = path.split('/');
  if (folder === 'requests') return { step: method === 'PUT' ? 'save' : 'load', subject: first };
  return { step: uploadStep(method, new URLSearchParams(query)), subject: second };
}

function uploadStep(method: string, query: URLSearchParams): Step {
  if (query.has('uploads')) return 'begin';
  if (query.has('partNumber')) return 'part';
  if (query.has('uploadId')) return method === 'POST' ? 'complete' : 'abort';
  if (method === 'DELETE') return 'remove';
  return method === 'PUT' ? 'put' : 'inspect';
}
