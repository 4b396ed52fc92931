import { CfnOutput, CliCredentialsStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ReportSources } from './constructs/report-sources.ts';
import { Quire, type QuireProps } from './quire.ts';
import { reportSources } from './report-sources.ts';

/** The service as a stack of its own: its place, its tags, its outputs. */
export class QuireStack extends Stack {
  constructor(scope: Construct, id: string, { config, bundles }: QuireProps) {
    super(scope, id, {
      description: `Quire, a report service (${config.stage})`,
      env: config.home ?? {},
      terminationProtection: config.protect,
      // Deploys with the caller's own credentials where there is nobody to hand them on to: an emulator that enforces
      // policies knows no bootstrap roles.
      ...(config.home ? { synthesizer: new CliCredentialsStackSynthesizer() } : {}),
    });
    Tags.of(this).add('service', 'quire');
    Tags.of(this).add('stage', config.stage);
    // CDK leaves this id out of the logical ids: resources are named by what they are, not by where they are.
    const sources = reportSources(this, config);
    const quire = new Quire(this, 'Default', { config, bundles, sources });
    this.tell(quire);
    this.tellSources(sources);
  }

  /** Where the sources are, for those who fill them. */
  private tellSources({ tables = {}, buckets = {} }: ReportSources): void {
    const outputs = [
      ...Object.entries(tables).map(([name, { table }]) => [`${capitalised(name)}Table`, table.tableName] as const),
      ...Object.entries(buckets).map(
        ([name, { bucket }]) => [`${capitalised(name)}Bucket`, bucket.bucketName] as const,
      ),
    ];
    for (const [name, value] of outputs) new CfnOutput(this, `Source-${name}`, { key: `Source${name}`, value });
  }

  private tell({ api, functions, ...made }: Quire): void {
    const outputs = {
      ApiUrl: api.url,
      ApiId: api.restApiId,
      JobsTable: made.jobsTable.tableName,
      IdempotencyTable: made.idempotencyTable.tableName,
      QueueUrl: made.queue.queueUrl,
      DeadLetterQueueUrl: made.deadLetterQueue.queueUrl,
      Bucket: made.bucket.bucketName,
      EnqueueFunction: functions.enqueue.functionName,
      WorkerFunction: functions.worker.functionName,
      DeadLetterFunction: functions.deadLetter.functionName,
      SweeperFunction: functions.sweeper.functionName,
      StatusFunction: functions.status.functionName,
      CancelFunction: functions.cancel.functionName,
      RedriveFunction: functions.redrive.functionName,
      NotifyFunction: functions.notify.functionName,
      CallbackFunction: functions.callback.functionName,
      CallbackQueueUrl: made.callbackQueue.queueUrl,
      CallbackDeadLetterQueueUrl: made.callbackDeadLetterQueue.queueUrl,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', '');
}
