/**
 * Enqueue and worker in one process that has the memory of a worker: takes bodies from its parent, one at a time, reads,
 * checks and accepts them as the API does, makes the report by the real engines, and tells how it ended. Only table,
 * queue and bucket are in memory.
 */
import { OutOfTime } from '../../lambdas/domain/failures.ts';
import type { Format } from '../../lambdas/domain/formats.ts';
import { rendererOf } from '../../lambdas/renderers/index.ts';
import { jsonOf } from '../../lambdas/runtime/body.ts';
import { json, respond } from '../../lambdas/runtime/http.ts';
import { apiEvent } from '../support/api-event.ts';
import { MemoryReportStore } from '../support/memory/report-store.ts';
import { MemoryService } from '../support/memory/service.ts';
import { QUEUES, SETTINGS } from '../support/settings.ts';
import type { Answer, Order } from './trial.ts';

/** Of the adapter of S3. */
const PART_BYTES = 8 * 1024 * 1024;

class Service extends MemoryService {
  override get ports() {
    return { ...super.ports, reports: new MemoryReportStore(this.bucket, this.faults.gate, PART_BYTES) };
  }
}

process.on('message', async (order: Order) => {
  process.send?.(await answerTo(order));
});
process.send?.('ready');

/** A service of its own for each body: what one leaves behind is not the next one's. */
async function answerTo({ body, milliseconds }: Order): Promise<Answer> {
  const service = new Service();
  const before = process.cpuUsage();
  const event = apiEvent({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
  const answer = await respond(event, async () => json(202, (await service.post(jsonOf(event))).job));
  const accepting = millisecondsSince(before);
  const { id, format, code } = JSON.parse(answer.body) as { id?: string; format: Format; code?: string };
  if (id !== undefined) await work(service, id, format, milliseconds);
  const job = id === undefined ? undefined : service.table.get(id);
  const causes = service.log.lines.flatMap(({ cause }) => (cause instanceof Error ? [String(cause.stack)] : []));
  return {
    status: answer.statusCode,
    answerBytes: answer.body.length,
    code: code ?? (job?.status === 'error' ? job.error.code : undefined),
    ended: job?.status,
    report: job?.status === 'done' ? job.report : undefined,
    accepting,
    milliseconds: millisecondsSince(before),
    causes,
  };
}

/** As often as a worker tries: what fails for no reason that has a name is tried again. */
async function work(service: Service, id: string, format: Format, milliseconds: number): Promise<void> {
  service.renderer = await rendererOf(format);
  for (let tries = 0; tries < SETTINGS.maxAttempts; tries += 1) {
    const deadline = deadlineOf(milliseconds);
    await service.deliver(deadline.signal);
    deadline.clear();
    const status = service.table.get(id)?.status;
    if (status === 'done' || status === 'error') return;
    service.clock.advance(SETTINGS.lease + QUEUES.visibility);
  }
}

/** As that of a worker, but by the time that the processor gave: whatever else runs on the machine. */
function deadlineOf(milliseconds: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const before = process.cpuUsage();
  const timer = setInterval(() => {
    if (millisecondsSince(before) > milliseconds) controller.abort(new OutOfTime('Only the margin is left.'));
  }, 50);
  return { signal: controller.signal, clear: () => clearInterval(timer) };
}

/** Of this process, in the threads that compress and collect, too. */
function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
