import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

/** A deployed service, as an operator reaches it. */
export interface Service {
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  /** An output of the stack. @throws Error when there is none of that name */
  readonly output: (name: string) => string;
}

/** @throws Error when there is no such stack for these credentials and region */
export async function findService(stack: string): Promise<Service> {
  const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stack }));
  const outputs = new Map((Stacks[0]?.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']));
  return {
    dynamo: new DynamoDBClient({}),
    // An emulator knows no buckets by host name.
    s3: new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined }),
    sqs: new SQSClient({}),
    output: (name) => {
      const value = outputs.get(name);
      if (value === undefined) throw new Error(`The stack ${stack} has no output ${name}.`);
      return value;
    },
  };
}
