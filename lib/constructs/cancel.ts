import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { JobsTable } from './jobs-table.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface CancelProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly jobs: JobsTable;
}

/** `DELETE /status/{id}`: ends a job that waits, and asks the worker of a running one to stop. */
export class Cancel extends Construct {
  readonly function: ServiceFunction<'cancel'>;

  constructor(scope: Construct, id: string, { config, bundles, jobs }: CancelProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Cancels a job',
      code: bundles.cancel,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: { AUTH: config.auth, JOBS_TABLE: jobs.table.tableName },
    });
    jobs.grantAdvance(this.function);
  }
}
