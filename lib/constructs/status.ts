import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface StatusProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly reports: ReportBucket;
}

/** `GET /status/{id}`: where the job stands, with a freshly signed link. */
export class Status extends Construct {
  readonly function: ServiceFunction<'status'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, reports }: StatusProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Shows the state of a job',
      code: bundles.status,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: {
        AUTH: config.auth,
        JOBS_TABLE: jobs.table.tableName,
        BUCKET: reports.bucket.bucketName,
        LINK_SECONDS: String(config.linkSeconds),
      },
    });
    jobs.grantRead(this.function);
    reports.grantReadReport(this.function);
  }
}
