/**
 * Posts one body to the use case of `POST /generate`, in a process of its own whose memory is that of the function, and
 * prints what came of it. The argument names the body.
 */

import { jsonOf } from '../../../lambdas/runtime/body.ts';
import { json, respond } from '../../../lambdas/runtime/http.ts';
import { apiEvent } from '../../support/api-event.ts';
import { MemoryService } from '../../support/memory/service.ts';
import { LARGEST_BODIES } from './largest-bodies.ts';

const make = LARGEST_BODIES[process.argv[2] ?? ''];
if (make === undefined) throw new Error(`no body is called ${process.argv[2]}`);
const event = apiEvent({ body: Buffer.from(make()).toString('base64'), isBase64Encoded: true });
const service = new MemoryService();
const before = process.cpuUsage();
const answer = await respond(event, async () => json(202, (await service.post(jsonOf(event))).job));
const { user, system } = process.cpuUsage(before);
const peakMiB = process.resourceUsage().maxRSS / 1024;
const { code } = JSON.parse(answer.body) as { code?: string };
console.log(
  JSON.stringify({
    status: answer.statusCode,
    code: code ?? null,
    bytes: answer.body.length,
    cpuMillis: (user + system) / 1000,
    peakMiB,
  }),
);
