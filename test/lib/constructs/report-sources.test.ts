import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { isGranted, type SourceAddresses } from '../../../lambdas/domain/report-definition.ts';
import { REPORTS } from '../../../lambdas/reports/index.ts';
import { addressesOf } from '../../../lib/constructs/report-sources.ts';
import { resources, statementsOf, templateOf, text } from '../synthesis.ts';

function toldTo(stage: 'local' | 'prod', description: RegExp): SourceAddresses {
  const [, found] = resources(templateOf(stage), 'AWS::Lambda::Function').find(([, { Properties }]) =>
    description.test(Properties.Description),
  ) ?? ['', undefined];
  return JSON.parse(text(found?.Properties.Environment.Variables.REPORT_SOURCES));
}

describe('the sources of reports', () => {
  it('of the local stage are those of every report that is defined', () => {
    const sources = toldTo('local', /^Renders/);
    expect(REPORTS.filter((report) => !isGranted(report, sources)).map(({ name }) => name)).toEqual([]);
  });

  it('are told alike to who accepts and to who renders', () => {
    expect(toldTo('local', /^Accepts/)).toEqual(toldTo('local', /^Renders/));
  });

  it('of prod are none until somebody names them, so that no report exists there', () => {
    const sources = toldTo('prod', /^Renders/);
    expect(sources).toEqual({ tables: {}, buckets: {}, services: {} });
    expect(REPORTS.filter((report) => isGranted(report, sources))).toEqual([]);
  });

  it('may be read by the worker, and by nobody else', () => {
    const local = templateOf('local');
    const reading = (name: 'worker' | 'enqueue' | 'status') =>
      statementsOf(local, name).filter(({ Resource }) => /Airports|Flights/.test(text(Resource)));
    expect(
      reading('worker')
        .flatMap(({ Action }) => Action)
        .sort(),
    ).toEqual(['dynamodb:Query', 'dynamodb:Scan', 's3:GetObject', 's3:ListBucket']);
    expect([...reading('enqueue'), ...reading('status')]).toEqual([]);
  });

  it('that are services are folders behind https', () => {
    const stack = new Stack();
    const told = (address: string) => stack.resolve(addressesOf(stack, { services: { rates: address } }));
    expect(JSON.parse(told('https://rates.example.org/v1/')).services).toEqual({
      rates: 'https://rates.example.org/v1/',
    });
    for (const address of ['http://rates.example.org/', 'https://rates.example.org/v1', 'rates']) {
      expect(() => told(address)).toThrow('services.rates');
    }
  });
});
