import type { Template } from 'aws-cdk-lib/assertions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outage } from '../../../lambdas/domain/failures.ts';
import { deliver } from '../../../lambdas/functions/callback/deliver.ts';
import { closeDeadLetter } from '../../../lambdas/functions/dead-letter/close-dead-letter.ts';
import { respond } from '../../../lambdas/runtime/http.ts';
import { alarmsAt, nameOf } from '../../support/alarms/evaluate.ts';
import { type Dimensions, MetricData } from '../../support/alarms/metrics.ts';
import { apiEvent } from '../../support/api-event.ts';
import { MemoryCallbackQueue } from '../../support/memory/callback-queue.ts';
import { MemoryService, request } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';
import { resources, templateOf, text } from '../synthesis.ts';

const prod: Template = templateOf('prod');
const SERVICE = 'Quire';
const MINUTE = 60;

/** The dimensions of an AWS metric, read off the alarm that watches it. */
function dimensionsOf(metric: string, value = ''): Dimensions {
  for (const [, { Properties }] of resources(prod, 'AWS::CloudWatch::Alarm')) {
    const all = Properties.MetricName ? [Properties] : Properties.Metrics.map((m: Part) => m.MetricStat?.Metric ?? {});
    for (const { Namespace, MetricName, Dimensions = [] } of all as Part[]) {
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }: Part) => [Name, text(Value)]));
      if (`${Namespace}/${MetricName}` === metric && JSON.stringify(dimensions).includes(value)) return dimensions;
    }
  }
  throw new Error(`No alarm watches ${metric} of ${value}.`);
}

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
type Part = Record<string, any>;

/** The service in memory, and beside it what CloudWatch would have measured of it, minute by minute. */
class WatchedService extends MemoryService {
  readonly data = new MetricData();
  readonly undelivered: { readonly jobId: string }[] = [];
  sweeps = true;

  /** Lets so many minutes go by, in each of which the service does something; measures at the end of each. */
  async minutes(count: number, step: (minute: number) => Promise<unknown> = async () => {}): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      await step(minute);
      if (this.sweeps) await this.sweep();
      this.measure();
      this.clock.advance(MINUTE);
    }
  }

  measure(): void {
    const now = this.clock.now();
    this.data.putLog(this.log, SERVICE, now);
    this.visible('QueueDeadLetters', this.deadLetters.visible().length);
    this.visible('CallbackQueueDeadLetters', this.undelivered.length);
    const oldest = Math.min(...[...this.queue.messages.values()].map(({ sentAt }) => sentAt));
    if (oldest < Number.POSITIVE_INFINITY) {
      const metric = 'AWS/SQS/ApproximateAgeOfOldestMessage';
      this.data.put(metric, dimensionsOf(metric), (now - oldest) / 1000, now);
    }
  }

  /** One call of a route, answered as `respond` would. */
  async call(path: string, answer: () => Promise<unknown>): Promise<void> {
    const { statusCode } = await respond(apiEvent({}), async () => {
      await answer();
      return { statusCode: 200, body: '' };
    });
    for (const [metric, value] of [
      ['5XXError', statusCode >= 500 ? 1 : 0],
      ['Count', 1],
    ] as const) {
      const name = `AWS/ApiGateway/${metric}`;
      this.data.put(name, dimensionsOf(name, path), value, this.clock.now());
    }
  }

  /** An invocation of a function, as Lambda counts it. */
  count(metric: string, functionName: string, value: number): void {
    this.data.put(`AWS/Lambda/${metric}`, dimensionsOf(`AWS/Lambda/${metric}`, functionName), value, this.clock.now());
  }

  alarms(): string[] {
    return alarmsAt(prod, this.data, this.clock.now());
  }

  private visible(queue: string, value: number): void {
    const metric = 'AWS/SQS/ApproximateNumberOfMessagesVisible';
    this.data.put(metric, dimensionsOf(metric, `{${queue}`), value, this.clock.now());
  }
}

let service: WatchedService;
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  service = new WatchedService();
});

afterEach(() => vi.restoreAllMocks());

const fail = (cause: () => Error) => {
  service.renderer = { ...service.renderer, render: () => Promise.reject(cause()) };
};

async function refuseCallback(): Promise<void> {
  const { job } = await service.post(request({ callbackUrl: 'https://example.com/hook' }));
  await service.deliver();
  const callbacks = new MemoryCallbackQueue(service.faults.gate);
  const undelivered = { send: async (message: { jobId: string }) => void service.undelivered.push(message) };
  const sender = { post: async () => ({ kind: 'answered' as const, status: 410 }) };
  const secrets = { masters: async () => [Buffer.from('master')] };
  const ports = { ...service.ports, callbacks, undelivered, sender, secrets, random: () => 0.5 };
  await deliver(JSON.stringify({ jobId: job.id, generation: 1 }), ports);
}

/** A service that does its work: a job a minute, polled by its client. */
async function work(): Promise<void> {
  await service.call('/generate', () => service.post(request()));
  await service.deliver();
  await service.call('/status', async () => undefined);
}

/** Twenty calls a minute to a route, of which one in ten finds the table out of reach. */
const callsThatFail = (path: string) => async () => {
  for (let i = 0; i < 20; i += 1) {
    await service.call(path, async () => {
      if (i % 10 === 0) throw new Outage('The table is out of reach.');
    });
  }
};

/** For each alarm, the fault that it is there for. */
const FAULTS: Record<string, () => Promise<void>> = {
  DeadLetters: async () => {
    service.queue.send('junk');
    for (let i = 0; i <= 5; i += 1) {
      await service.deliver();
      service.clock.advance(1);
    }
    await service.minutes(6, async () => {
      const [letter] = service.deadLetters.visible();
      if (letter !== undefined) await closeDeadLetter(letter.body, service.ports, SETTINGS);
    });
  },
  CallbackDeadLetters: () => service.minutes(6, (minute) => (minute === 0 ? refuseCallback() : Promise.resolve())),
  QueueOld: async () => {
    await service.post(request());
    await service.minutes(26);
  },
  ServiceFaults: async () => {
    fail(() => new Error('a bug'));
    await service.post(request());
    for (let i = 0; i < SETTINGS.maxAttempts; i += 1) {
      await service.deliver();
      service.clock.advance(SETTINGS.backoffCap);
    }
    await service.minutes(1);
  },
  BackgroundErrors: async () => {
    await service.post(request());
    for (let i = 0; i < 3; i += 1) {
      service.count('Errors', 'Worker', 1);
      await service.minutes(1);
    }
  },
  WorkerThrottled: () => service.minutes(15, async () => service.count('Throttles', 'Worker', 1)),
  SweeperSilent: async () => {
    await service.minutes(3, work);
    service.sweeps = false;
    await service.minutes(11, work);
  },
  JobsStuck: async () => {
    for (let i = 0; i < 25; i += 1) await service.post(request());
    service.queue.messages.clear();
    await service.minutes(6);
  },
  OutsideOutage: async () => {
    fail(() => new Outage('The bucket is out of reach.'));
    for (let i = 0; i < 6; i += 1) await service.post(request());
    for (let i = 0; i < 6; i += 1) await service.deliver();
    await service.minutes(2);
  },
  StreamBehind: async () => {
    service.count('IteratorAge', 'Notify', 6 * 60_000);
    await service.minutes(1);
  },
  PostAvailabilityFast: () => service.minutes(60, callsThatFail('/generate')),
  PostAvailabilitySlow: () => service.minutes(360, callsThatFail('/generate')),
  StatusAvailabilityFast: () => service.minutes(60, callsThatFail('/status')),
  StatusAvailabilitySlow: () => service.minutes(360, callsThatFail('/status')),
  JobsInTimeFast: () => lateJobs(60),
  JobsInTimeSlow: () => lateJobs(360),
};

/** Jobs that wait for twelve minutes before a worker takes them. */
async function lateJobs(minutes: number): Promise<void> {
  // It would send again for jobs that wait so long, and a delivery a minute would not come to each of them.
  service.sweeps = false;
  await service.minutes(minutes, async (minute) => {
    await service.post(request());
    if (minute >= 12) await service.deliver();
  });
}

const names = [
  ...resources(prod, 'AWS::CloudWatch::Alarm').filter(([, { Properties }]) => Properties.AlarmActions),
  ...resources(prod, 'AWS::CloudWatch::CompositeAlarm'),
].map(([, { Properties }]) => nameOf(Properties));

describe('an alarm', () => {
  it.each(names)('%s goes off by its own fault', async (name) => {
    const provoke = FAULTS[name];
    if (provoke === undefined) throw new Error(`no fault provokes ${name}`);
    await provoke();
    expect(service.alarms()).toContain(name);
  });

  it('goes off by nothing else: a service that does its work for seven hours wakes nobody', async () => {
    await service.minutes(420, work);
    expect(service.alarms()).toEqual([]);
  });

  it('of the availability is quiet again soon after the fault has ended', async () => {
    await FAULTS.PostAvailabilityFast?.();
    expect(service.alarms()).toContain('PostAvailabilityFast');
    await service.minutes(10, work);
    expect(service.alarms()).not.toContain('PostAvailabilityFast');
  });

  it('tells the topic when it goes off and when it is over', () => {
    for (const [, { Properties }] of resources(prod, 'AWS::CloudWatch::CompositeAlarm')) {
      expect(text(Properties.AlarmActions[0])).toMatch(/^\$\{WatchTopic/);
      expect(text(Properties.OKActions[0])).toMatch(/^\$\{WatchTopic/);
    }
  });
});
