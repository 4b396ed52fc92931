import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { ReportBucket } from './report-bucket.ts';
import { type Bundles, ServiceFunction } from './service-function.ts';

export interface DatasetsProps {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly reports: ReportBucket;
}

/** `POST /datasets`, `GET /datasets/{id}`: a place to upload rows to, and whether they have arrived. */
export class Datasets extends Construct {
  readonly function: ServiceFunction<'datasets'>;

  constructor(scope: Construct, id: string, { config, bundles, reports }: DatasetsProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      config,
      description: 'Signs links for uploading rows',
      code: bundles.datasets,
      timeout: config.http.timeout,
      memoryMb: 512,
      environment: {
        AUTH: config.auth,
        BUCKET: reports.bucket.bucketName,
        LINK_SECONDS: String(config.linkSeconds),
        DATASET_RETENTION_SECONDS: String(config.retention.dataset),
        DATASET_MAX_BYTES: String(config.datasets.maxBytes),
      },
    });
    reports.grantUploadDataset(this.function);
    reports.grantReadDataset(this.function);
  }
}
