import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { HttpCallbackSender } from '../../adapters/http-callback-sender.ts';
import { SecretsManagerCallbackSecrets } from '../../adapters/secrets-manager-callback-secrets.ts';
import { SqsCallbackQueue } from '../../adapters/sqs-callback-queue.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { callbackPolicyOf, environment } from '../../runtime/env.ts';
import { knownOfInvocation, log } from '../../runtime/observability.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { type DeliverPorts, deliver } from './deliver.ts';

const env = environment('callback');
const sqs = limited(new SQSClient(QUICK));
const ports: DeliverPorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  sender: new HttpCallbackSender(callbackPolicyOf(env.CALLBACK_POLICY)),
  secrets: new SecretsManagerCallbackSecrets(
    limited(new SecretsManagerClient(QUICK)),
    env.CALLBACK_SECRET,
    systemClock,
  ),
  callbacks: new SqsCallbackQueue(sqs, env.CALLBACK_QUEUE_URL),
  undelivered: new SqsCallbackQueue(sqs, env.CALLBACK_DEAD_LETTER_URL),
  clock: systemClock,
  log,
  random: Math.random,
};

/** The callback queue's consumer: one try for each message. */
export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return withinTime(context, () => deliverAll(event));
}

async function deliverAll(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { body, messageId } of event.Records) {
    knownOfInvocation({ messageId });
    try {
      await deliver(body, ports);
    } catch (cause) {
      log.error('callback not tried, comes again', {}, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
