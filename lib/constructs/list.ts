import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobsTable } from './jobs-table.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface ListProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
}

/** `GET /status`: the caller's jobs. */
export class List extends Construct {
  readonly function: ServiceFunction<'list'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs }: ListProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Lists the jobs of a tenant',
      code: bundles.list,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: { AUTH: config.auth, JOBS_TABLE: jobs.table.tableName },
    });
    jobs.grantList(this.function);
  }
}
