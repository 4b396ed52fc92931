import { Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from '../lambdas/contract.ts';
import { InvalidSetting } from './choosing.ts';
import type { Config } from './config.ts';
import { Api } from './constructs/api.ts';
import { Authorizer } from './constructs/authorizer.ts';
import { Callback } from './constructs/callback.ts';
import { CallbackQueue } from './constructs/callback-queue.ts';
import { CallbackSecret } from './constructs/callback-secret.ts';
import { Cancel } from './constructs/cancel.ts';
import { Datasets } from './constructs/datasets.ts';
import { DeadLetter } from './constructs/dead-letter.ts';
import { Enqueue } from './constructs/enqueue.ts';
import { IdempotencyTable } from './constructs/idempotency-table.ts';
import { JobQueue } from './constructs/job-queue.ts';
import { JobsTable } from './constructs/jobs-table.ts';
import { List } from './constructs/list.ts';
import { Notify } from './constructs/notify.ts';
import { OpenApi } from './constructs/open-api.ts';
import { Redrive } from './constructs/redrive.ts';
import { ReportBucket } from './constructs/report-bucket.ts';
import type { ReportSources } from './constructs/report-sources.ts';
import type { Bundles } from './constructs/service-function.ts';
import { nameService } from './constructs/service-name.ts';
import { Shares } from './constructs/shares.ts';
import { Status } from './constructs/status.ts';
import { Sweeper } from './constructs/sweeper.ts';
import { Watch } from './constructs/watch/watch.ts';
import { Worker } from './constructs/worker.ts';

export interface QuireProps {
  /** The numbers of the service: `configFor('prod', { workerMemoryMb: 3008 })`. */
  readonly config: Config;
  /** The code of each function. */
  readonly bundles: Bundles;
  /** What the reports that are defined in code may read; the workers are granted that and no more. */
  readonly sources?: ReportSources;
  /** Who is told of alarms; a topic is made where none is given. */
  readonly alarmTopic?: ITopic;
}

/** The functions of a service; an authorizer is only there where callers bring tokens. */
export type Functions = Readonly<Record<Exclude<FunctionName, 'authorizer'>, Lambda>> & {
  readonly authorizer?: Lambda;
};

/**
 * The service, in the order in which data flows through it, for a stack of one's own; a stack may hold several.
 * Everything that it is made of can be reached, to be granted, watched or linked to.
 */
export class Quire extends Construct {
  readonly api: RestApi;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly callbackQueue: Queue;
  /** Callbacks that nobody took after all tries, for replay. */
  readonly callbackDeadLetterQueue: Queue;
  /** Large requests, datasets and reports. */
  readonly bucket: Bucket;
  readonly jobsTable: Table;
  readonly idempotencyTable: Table;
  readonly functions: Functions;
  /** Alarms and dashboard; only where the `alarms` are on. */
  readonly watch: Watch | undefined;

  /** @throws InvalidSetting for an API that asks nobody who they are, anywhere but in the emulators' account. */
  constructor(scope: Construct, id: string, { config, bundles, sources = {}, alarmTopic }: QuireProps) {
    super(scope, id);
    refuseOpenDoor(Stack.of(this), config);
    nameService(this);

    const jobs = new JobsTable(this, 'Jobs', config);
    const idempotency = new IdempotencyTable(this, 'Idempotency', config);
    const queue = new JobQueue(this, 'Queue', config);
    const reports = new ReportBucket(this, 'Reports', config);
    const callbacks = new CallbackQueue(this, 'CallbackQueue', config);

    const datasets = new Datasets(this, 'Datasets', { config, bundles, reports });
    const enqueue = new Enqueue(this, 'Enqueue', { config, bundles, jobs, queue, reports, sources });
    const worker = new Worker(this, 'Worker', { config, bundles, jobs, idempotency, queue, reports, sources });
    const deadLetter = new DeadLetter(this, 'DeadLetter', { config, bundles, jobs, queue, reports });
    const sweeper = new Sweeper(this, 'Sweeper', { config, bundles, jobs, queue, reports, callbacks });
    const status = new Status(this, 'Status', { config, bundles, jobs, reports });
    const cancel = new Cancel(this, 'Cancel', { config, bundles, jobs });
    const list = new List(this, 'List', { config, bundles, jobs });
    const redrive = new Redrive(this, 'Redrive', { config, bundles, jobs, queue, reports });
    const shares = new Shares(this, 'Shares', { config, bundles, jobs, reports });
    const notify = new Notify(this, 'Notify', { config, bundles, jobs, callbacks });
    const callback = new Callback(this, 'Callback', { config, bundles, jobs, callbacks });
    const callbackSecret = new CallbackSecret(this, 'CallbackSecret', { config, bundles, callbacks });
    const openApi = new OpenApi(this, 'OpenApi', { config, bundles });
    const authorizer = config.auth === 'jwt' ? new Authorizer(this, 'Authorizer', { config, bundles }) : undefined;
    this.api = new Api(this, 'Api', {
      config,
      authorizer,
      enqueue,
      status,
      list,
      cancel,
      redrive,
      shares,
      callbackSecret,
      datasets,
      openApi,
    }).api;

    this.callbackQueue = callbacks.queue;
    this.callbackDeadLetterQueue = callbacks.deadLetters;
    this.queue = queue.queue;
    this.deadLetterQueue = queue.deadLetters;
    this.bucket = reports.bucket;
    this.jobsTable = jobs.table;
    this.idempotencyTable = idempotency.table;
    this.functions = {
      ...(authorizer && { authorizer: authorizer.function.lambda }),
      datasets: datasets.function.lambda,
      enqueue: enqueue.function.lambda,
      worker: worker.function.lambda,
      deadLetter: deadLetter.function.lambda,
      sweeper: sweeper.function.lambda,
      status: status.function.lambda,
      cancel: cancel.function.lambda,
      list: list.function.lambda,
      redrive: redrive.function.lambda,
      shares: shares.function.lambda,
      files: shares.files.lambda,
      notify: notify.function.lambda,
      callback: callback.function.lambda,
      callbackSecret: callbackSecret.function.lambda,
      openApi: openApi.function.lambda,
    };
    this.watch = config.alarms ? new Watch(this, 'Watch', { config, watched: this, topic: alarmTopic }) : undefined;
  }
}

function refuseOpenDoor({ account }: Stack, { auth, home }: Config): void {
  if (auth !== 'none' || account === home?.account) return;
  throw new InvalidSetting('auth', auth, `iam in account ${account}; none is for the emulators' account alone`);
}
