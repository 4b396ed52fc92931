import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobsTable } from './jobs-table.ts';
import type { ReportBucket } from './report-bucket.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface SharesProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
  readonly reports: ReportBucket;
}

/** Links for people without credentials: `/status/{id}/shares` for their owners, `/files/{token}` for everybody. */
export class Shares extends Construct {
  /** Makes, lists and revokes them. */
  readonly function: ServiceFunction<'shares'>;
  /** Redirects the bearer of a share to its file. A function of its own, because it alone asks nobody who they are. */
  readonly files: ServiceFunction<'files'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs, reports }: SharesProps) {
    super(scope, id);
    const common = { config, timeout: config.http.timeout, memoryMb: 512 };
    const JOBS_TABLE = jobs.table.tableName;
    this.function = new ServiceFunction(this, 'Function', {
      ...common,
      description: 'Makes, lists and revokes links that anybody may use',
      code: bundles.shares,
      environment: { AUTH: config.auth, JOBS_TABLE },
    });
    jobs.grantAdvance(this.function);
    this.files = new ServiceFunction(this, 'FilesFunction', {
      ...common,
      description: 'Redirects the bearer of a share link to its file',
      code: bundles.files,
      environment: {
        JOBS_TABLE,
        BUCKET: reports.bucket.bucketName,
        LINK_SECONDS: String(config.shares.linkSeconds),
      },
    });
    jobs.grantAdvance(this.files);
    reports.grantReadReport(this.files);
  }
}
