import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { CliError } from '../exit.ts';
import type { Screen } from '../screen.ts';

/** Long enough to read them all; each is given back as soon as that is done. */
const HIDDEN_SECONDS = 30;
const BATCH = 10;

export interface InspectFlags {
  readonly queue?: string | undefined;
}

/** A message that nobody could handle. */
interface DeadLetter {
  readonly messageId: string;
  readonly sentAt: string;
  /** How often it was received in all. */
  readonly receives: number;
  /** Of a job's message. */
  readonly jobId: string | null;
  readonly generation: number | null;
  readonly body: string;
}

/**
 * `quire inspect dead-letters`: what lies in a dead-letter queue, taking nothing out of it. With the credentials of an
 * operator, not by the API.
 */
export async function inspectDeadLetters(
  { queue }: InspectFlags,
  region: string | undefined,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  if (queue === undefined || !URL.canParse(queue)) {
    throw new CliError('usage', 'Which queue? Say --queue with the stack’s output DeadLetterQueueUrl.');
  }
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const { origin, hostname } = new URL(queue);
  const place = region ?? /^sqs\.([a-z0-9-]+)\./.exec(hostname)?.[1];
  const sqs = new SQSClient({ endpoint: origin, ...(place === undefined ? {} : { region: place }) });
  try {
    const letters = (await peek(sqs, queue, signal)).map(letterOf);
    if (letters.length === 0 && !screen.json) return screen.note('The queue is empty.');
    screen.data(letters, letters.map(lineOf).join('\n'));
  } finally {
    sqs.destroy();
  }
}

/** Every message once; they are hidden from others only while the reading goes on. */
async function peek(sqs: SQSClient, QueueUrl: string, signal: AbortSignal): Promise<Message[]> {
  const { ChangeMessageVisibilityBatchCommand, ReceiveMessageCommand } = await import('@aws-sdk/client-sqs');
  const found = new Map<string, Message>();
  try {
    for (;;) {
      const wanted = {
        QueueUrl,
        MaxNumberOfMessages: BATCH,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['All' as const],
      };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(wanted), { abortSignal: signal });
      const news = Messages.filter(({ MessageId = '' }) => !found.has(MessageId));
      for (const message of news) found.set(message.MessageId ?? '', message);
      if (news.length === 0) return [...found.values()];
    }
  } finally {
    const messages = [...found.values()];
    for (let from = 0; from < messages.length; from += BATCH) {
      const Entries = messages
        .slice(from, from + BATCH)
        .map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle, VisibilityTimeout: 0 }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }
}

function letterOf({ MessageId = '', Attributes = {}, Body = '' }: Message): DeadLetter {
  const { SentTimestamp, ApproximateReceiveCount } = Attributes;
  return {
    messageId: MessageId,
    sentAt: new Date(Number(SentTimestamp ?? 0)).toISOString(),
    receives: Number(ApproximateReceiveCount ?? 0),
    ...jobIn(Body),
    body: Body,
  };
}

function jobIn(body: string): Pick<DeadLetter, 'jobId' | 'generation'> {
  try {
    const { jobId, generation } = JSON.parse(body) as Record<string, unknown>;
    if (typeof jobId === 'string') return { jobId, generation: typeof generation === 'number' ? generation : null };
  } catch {
    // Not JSON: shown as it is.
  }
  return { jobId: null, generation: null };
}

function lineOf({ sentAt, receives, jobId, generation, body }: DeadLetter): string {
  const what = jobId === null ? body : `job ${jobId}${generation === null ? '' : `, generation ${generation}`}`;
  return `${sentAt}  received ${receives} times  ${what}`;
}
