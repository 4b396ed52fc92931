// Longer than a file should be: a table, to be read whole, of which no part is a module.
/** One text in one source file, and what stands there instead. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Something that is taken away, or put wrong, and the tests one of which has to go red. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly tests: readonly string[];
}

const KILLING = 'test/system/killing.test.ts';
const COMMITTING = 'test/system/committing.test.ts';
const DELIVERING = 'test/system/delivering.test.ts';
const ACCEPTING = 'test/system/accepting.test.ts';
const SERVICES = 'test/system/services.test.ts';
const OVERLOAD = 'test/system/overload.test.ts';
const SCENARIOS = 'test/system/scenarios.test.ts';
const WORK = 'test/functions/worker/work.test.ts';
const CONDITIONS = 'test/adapters/conditions.test.ts';
const OUTAGES = 'test/functions/worker/outages.test.ts';
const HANDLER = 'test/functions/worker/handler.test.ts';
const CONVERGE = 'test/rescue/converge.test.ts';

const REUSE = 'test/functions/enqueue/reuse.test.ts';
const REUSE_RULES = 'lambdas/domain/reuse.ts';
const BAD_CELLS = 'test/functions/worker/bad-cells.test.ts';
const SHARES = 'test/functions/shares/shares.test.ts';
const LIST = 'test/functions/list/list.test.ts';
const REDRIVE = 'test/rescue/redrive.test.ts';
const CANCEL = 'test/functions/cancel/cancel.test.ts';
const CALLBACK = 'test/functions/callback/deliver.test.ts';
const TRANSITIONS_TEST = 'test/domain/transitions.test.ts';

const TRANSITIONS = 'lambdas/domain/transitions.ts';
const RESCUE = 'lambdas/domain/rescue.ts';
const RESCUE_JOB = 'lambdas/rescue/rescue-job.ts';
const ACCEPT = 'lambdas/functions/enqueue/accept.ts';
const WORKER = 'lambdas/functions/worker/work.ts';
const CLAIM_JOB = 'lambdas/functions/worker/claim-job.ts';
const PERFORM = 'lambdas/functions/worker/perform.ts';
const MAKE_REPORT = 'lambdas/functions/worker/make-report.ts';
const RENDER = 'lambdas/functions/worker/render.ts';
const COMMIT = 'lambdas/functions/worker/commit.ts';
const SETTLE = 'lambdas/functions/worker/settle.ts';
const ENDING = 'lambdas/functions/worker/ending.ts';
const WORKER_HANDLER = 'lambdas/functions/worker/handler.ts';
const FOUND = 'lambdas/rescue/converge.ts';

function without(name: string, file: string, find: string, replace: string, ...tests: string[]): Mutant {
  return { name, edits: [{ file, find, replace }], tests };
}

/** Every guard of the service, each removed by itself. */
export const GUARDS: readonly Mutant[] = [
  without(
    'callback owed by the row',
    TRANSITIONS,
    'const isOwed = callbackUrl !== undefined;',
    'const isOwed = callbackUrl === undefined;',
    CALLBACK,
  ),
  without(
    'number of tries in a callback',
    TRANSITIONS,
    "all(owed(job), equal('callbackAttempts', attempts))",
    'owed(job)',
    TRANSITIONS_TEST,
  ),
  without(
    'callback of another generation',
    'lambdas/functions/callback/deliver.ts',
    ' || job.generation !== message?.generation',
    '',
    CALLBACK,
  ),
  without(
    'callback that was taken',
    'lambdas/functions/callback/deliver.ts',
    " || job.callbackState !== 'pending'",
    '',
    CALLBACK,
  ),

  without('lease condition', TRANSITIONS, 'all(isProcessing, leaseExpired(now))', 'isProcessing', DELIVERING),
  without(
    'attempt condition',
    TRANSITIONS,
    'all(isProcessing, sameGeneration(job), sameAttempt(job))',
    'all(isProcessing, sameGeneration(job))',
    KILLING,
  ),
  without(
    'generation in the fence',
    TRANSITIONS,
    'all(isProcessing, sameGeneration(job), sameAttempt(job))',
    'all(isProcessing, sameAttempt(job))',
    KILLING,
  ),
  without(
    'generation in the claim',
    TRANSITIONS,
    'when: all(sameGeneration(by), attemptsLeft',
    'when: all(attemptsLeft',
    DELIVERING,
    WORK,
  ),
  without(
    'status condition on terminal rows',
    TRANSITIONS,
    'all(isProcessing, sameGeneration(job), sameAttempt(job))',
    'all(sameGeneration(job), sameAttempt(job))',
    SERVICES,
  ),
  without('limit of attempts', TRANSITIONS, 'attemptsLeft(by.maxAttempts), ', '', TRANSITIONS_TEST),
  without(
    'limit of attempts in the rescue',
    RESCUE,
    'if (job.tries >= limits.maxAttempts)',
    'if (job.tries < 0)',
    KILLING,
  ),
  without(
    'limit of age',
    RESCUE,
    'if (now - Date.parse(job.openedAt) > limits.queuedMaxAge * 1000)',
    'if (now < 0)',
    OVERLOAD,
  ),
  without(
    'row put only if there is none',
    'lambdas/adapters/dynamo-job-table.ts',
    "ConditionExpression: 'attribute_not_exists(id)',",
    '',
    CONDITIONS,
  ),
  without(
    'row put only if there is none (double)',
    'test/support/memory/job-table.ts',
    'if (existing !== undefined) return { created: false, existing };',
    '',
    ACCEPTING,
    SCENARIOS,
  ),
  without(
    'If-None-Match on a put',
    'lambdas/adapters/s3-upload.ts',
    "{ ...this.#target, Body, IfNoneMatch: '*' }",
    '{ ...this.#target, Body }',
    CONDITIONS,
  ),
  without(
    'If-None-Match on a completion',
    'lambdas/adapters/s3-upload.ts',
    "MultipartUpload, IfNoneMatch: '*' }",
    'MultipartUpload }',
    CONDITIONS,
  ),
  without(
    'If-None-Match (double)',
    'test/support/memory/bucket.ts',
    'if (this.objects.has(key)) return false;',
    '',
    COMMITTING,
  ),
  without(
    'HEAD after 412',
    COMMIT,
    'const report = await findReport({ ...job, staged: [...job.staged, staged] }, ports.reports);',
    'const report = undefined as Report | undefined;',
    COMMITTING,
  ),
  without(
    'look for the file at a take-over',
    MAKE_REPORT,
    'job.attempt > 1 ? findReport(job, ports.reports) : undefined',
    'undefined',
    KILLING,
  ),
  without(
    'no error over a finished file',
    SETTLE,
    'isFileless(outcome) ? await unlessCommitted(attempt, outcome) : outcome',
    'outcome',
    COMMITTING,
    KILLING,
    SCENARIOS,
  ),
  without(
    'no closing over a finished file',
    RESCUE_JOB,
    "job.status === 'processing' ? await findReport(job, ports.reports) : undefined",
    'undefined',
    KILLING,
  ),
  without('staged facts', MAKE_REPORT, 'await stageFacts(attempt, staged);', '', KILLING),
  without('row count', RENDER, 'if (written === rowsRead && announced', 'if (written >= 0 || announced', COMMITTING),
  without(
    'failures remembered by the holder alone',
    MAKE_REPORT,
    'isFinal(ending) ? unlessOvertaken(attempt, ending) : ending',
    'ending',
    SCENARIOS,
  ),
  without(
    'a late start is no verdict',
    MAKE_REPORT,
    'if (attempt.deadline.aborted) return',
    'if (attempt.job.attempt < 0) return',
    KILLING,
    SCENARIOS,
  ),
  without(
    'abort of a failed upload',
    MAKE_REPORT,
    'await attempt.stopwatch.wait(() => Promise.all([upload.abort(), badCells.abort()]));',
    '',
    COMMITTING,
  ),
  without(
    'abort when another file is found',
    COMMIT,
    'still there.\n  await upload.abort();',
    'still there.',
    COMMITTING,
  ),
  without(
    'outcome counts although it was not remembered',
    PERFORM,
    'return ended ?? endingOf',
    'return endingOf',
    SERVICES,
    WORK,
    COMMITTING,
  ),
  {
    name: 'own claim recognised',
    edits: [
      { file: CLAIM_JOB, find: 'const { job } = await', replace: 'const { applied, job } = await' },
      { file: CLAIM_JOB, find: 'job.claimedBy === delivery.id', replace: 'applied' },
    ],
    tests: [SERVICES, WORK],
  },
  without(
    'acknowledgement of duplicates',
    WORKER,
    "if (job === undefined) return 'acknowledge';",
    "if (job === undefined) return 'return';",
    DELIVERING,
  ),
  without('a held lock costs no attempt', TRANSITIONS, 'increment: { tries: -1 },', '', WORK),
  without('message returned early', SETTLE, 'await delivery.returnAfter(seconds)', 'await Promise.resolve()', WORK),
  without(
    'sweeper',
    'lambdas/functions/sweeper/sweep.ts',
    'if (isOpen(job)) return rescueJob(job, ports, settings);',
    "if (isOpen(job)) return Promise.resolve('alive');",
    ACCEPTING,
  ),
  without(
    'one failure does not stop a sweep',
    'lambdas/functions/sweeper/sweep.ts',
    "return 'failed';",
    'throw cause;',
    'test/functions/sweeper/sweep.test.ts',
    SCENARIOS,
  ),
  {
    name: 'row before message in the rescue',
    edits: [
      {
        file: RESCUE_JOB,
        find: '  const changed = await jobs.change(job.id, markSent(',
        replace:
          '  await queue.send({ jobId: job.id, generation: job.generation }, tenantHash(job.tenant));\n  const changed = await jobs.change(job.id, markSent(',
      },
      {
        file: RESCUE_JOB,
        find: '    await queue.send({ jobId: job.id, generation: job.generation }, tenantHash(job.tenant));\n    return',
        replace: '    return',
      },
    ],
    tests: [DELIVERING],
  },
  without(
    'one of several sweepers sends',
    TRANSITIONS,
    "equal('sweepAt', job.sweepAt), nobodyAlive(now)),\n    set: { sweepAt },\n    increment: { sends: 1 }",
    'nobodyAlive(now)),\n    set: { sweepAt },\n    increment: { sends: 1 }',
    DELIVERING,
    'test/functions/sweeper/sweep.test.ts',
  ),
  without(
    'overdue again when a message could not be sent',
    RESCUE_JOB,
    'await jobs.change(job.id, sendFailed(job, sweepAt));',
    '',
    ACCEPTING,
  ),
  without('longer waits in a backlog', RESCUE, 'Math.min(2 ** sends, LONGEST_WAIT_FACTOR)', '1', OVERLOAD),
  without('bounded waits in a backlog', RESCUE, 'Math.min(2 ** sends, LONGEST_WAIT_FACTOR)', '8 ** sends', DELIVERING),
  without(
    'dead letters of the living are kept',
    RESCUE,
    "if (isAlive(job, now)) return { action: 'wait' };",
    '',
    'test/functions/dead-letter/close-dead-letter.test.ts',
    DELIVERING,
  ),
  without('request hash', ACCEPT, 'if (standing.requestHash !== job.requestHash) throw keyReused();', '', SCENARIOS),
  without('own put recognised', ACCEPT, 'standing.acceptId !== job.acceptId', '!created.created', ACCEPTING),
  without(
    '202 although the message was not sent',
    'lambdas/rescue/send-job.ts',
    "log.error('not sent, left to the sweeper', { jobId: job.id }, cause);",
    'throw cause;',
    ACCEPTING,
    SERVICES,
  ),
  without('back-off in the row', TRANSITIONS, ', backOffOver(by.now)),', '),', OUTAGES),
  without('an outage uses up no try', ENDING, 'cause instanceof Outage || ', '', OUTAGES),
  without(
    'waiting for the storage is not size',
    ENDING,
    'cause instanceof OutOfTime && stopwatch.waitedMostly',
    'false',
    OUTAGES,
  ),
  without(
    "long back-offs are the sweeper's",
    SETTLE,
    "  return 'acknowledge';\n}\n\ninterface Again",
    "  return 'return';\n}\n\ninterface Again",
    OUTAGES,
  ),
  without(
    'outages told by adapters',
    'lambdas/adapters/outages.ts',
    'status >= 500',
    'status > 600',
    'test/adapters/outages.test.ts',
  ),
  without(
    'claims in the name of the invocation',
    WORKER_HANDLER,
    'queue.delivery(record, randomUUID())',
    'queue.delivery(record, record.receiptHandle)',
    HANDLER,
  ),
  without(
    'failed items are reported',
    WORKER_HANDLER,
    'if (await isReturned(record)) batch',
    "if ((await isReturned(record)) && record.messageId === '') batch",
    HANDLER,
  ),
  without('request hash of a found file', FOUND, ' || stored.requestHash !== job.requestHash', '', CONVERGE),
  without('size of a found file', FOUND, ' || staged.sizeBytes !== stored.sizeBytes', '', CONVERGE),
  without(
    'attempt in the rescue',
    TRANSITIONS,
    "equal('attempt', job.attempt), nobodyAlive(now)",
    'nobodyAlive(now)',
    'test/domain/transitions.test.ts',
  ),
  without('tenant in the job id', 'lambdas/domain/ids.ts', `}:\${tenant}:$`, '}:$', 'test/domain/ids.test.ts'),
  without(
    'lifetime of the row',
    'lambdas/domain/retention.ts',
    'Math.min(job.reportExpiresAt, job.expiresAt)',
    'job.reportExpiresAt',
    'test/domain/retention.test.ts',
  ),
  without(
    'margin of the deadline',
    'lambdas/runtime/deadline.ts',
    'marginSeconds * 1000',
    'marginSeconds * 0',
    'test/runtime/deadline.test.ts',
  ),
  without(
    'consistent read of the row',
    'lambdas/adapters/dynamo-job-table.ts',
    ', ConsistentRead: true',
    '',
    CONDITIONS,
  ),
  without(
    'turns for timers',
    'lambdas/renderers/pdf/render.ts',
    'if (pace.isDue) await pace.turn();',
    '',
    'test/renderers/pace.test.ts',
  ),
  without(
    'an outage uses up no try, over the hour',
    TRANSITIONS,
    'increment: { tries: -1 },',
    '',
    'test/system/outages.test.ts',
  ),
  without(
    'end of a share',
    'lambdas/functions/files/open-share.ts',
    ' || Date.parse(share.expiresAt) <= now',
    '',
    SHARES,
  ),
  without(
    'limit of a share',
    'lambdas/domain/share.ts',
    'below(usesAttribute(id), limit)',
    'present(usesAttribute(id))',
    SHARES,
  ),
  without('a share that was revoked', 'lambdas/domain/share.ts', 'when: all(isDone, isLeft)', 'when: isDone', SHARES),
  without(
    'count of the shares',
    'lambdas/domain/share.ts',
    "any(absent('shares'), below('shares', MOST_SHARES))",
    'isDone',
    SHARES,
  ),
  without(
    'tenant of a cursor',
    'lambdas/domain/list-cursor.ts',
    'canonicalJson([tenant, given,',
    'canonicalJson([given,',
    LIST,
  ),
  without(
    'filter of a cursor',
    'lambdas/domain/list-cursor.ts',
    '[tenant, given, createdAt',
    '[tenant, createdAt',
    LIST,
  ),
  without('retention of a list', 'lambdas/functions/list/list.ts', '.filter((row) => !isGone(row, now))', '', LIST),
  without('bounded search of a list', 'lambdas/functions/list/list.ts', 'looked < MOST_ROWS', 'looked >= 0', LIST),
  without(
    'request of a redrive',
    'lambdas/rescue/redrive.ts',
    '!(await ports.requests.exists(request.key))',
    "request.key === ''",
    REDRIVE,
  ),
  without(
    'version of a dataset in a redrive',
    'lambdas/rescue/redrive.ts',
    'found[i]?.etag !== etag',
    'found[i] === undefined',
    REDRIVE,
  ),
  without(
    'a redrive that has happened',
    'lambdas/rescue/redrive.ts',
    'if (isReopened(job, which.generation)) return job;',
    '',
    REDRIVE,
  ),
  without(
    'a redrive once of several',
    TRANSITIONS,
    'when: all(isFailed, sameGeneration(job))',
    'when: isFailed',
    TRANSITIONS_TEST,
  ),
  without(
    'a wish to cancel seen by the heartbeat',
    'lambdas/functions/worker/heartbeat.ts',
    'else if (isOpen(job) && isUnwanted(job))',
    'else if (!isOpen(job))',
    CANCEL,
  ),
  without(
    'a wish to cancel seen before the commit',
    COMMIT,
    'if (isOpen(row) && isUnwanted(row)) throw new Unwanted();',
    '',
    CANCEL,
  ),
  without('a wish to cancel seen by the claim', WORKER, 'isUnwanted(job) ?', "job.id === '' ?", CANCEL),
  without(
    'a wish to cancel seen by the sweeper',
    RESCUE,
    "if (isUnwanted(job)) return { action: 'cancel' };",
    '',
    CANCEL,
  ),
  without(
    'a wish to cancel makes the row due',
    TRANSITIONS,
    '...(!isAlive(job, now) && { sweepAt: now })',
    '',
    CANCEL,
    TRANSITIONS_TEST,
  ),
  without('a wish by the lease that was read', TRANSITIONS, "equal('leaseUntil', job.leaseUntil), ", '', CANCEL),
  without('no cancel without a wish', TRANSITIONS, 'all(mine(job), cancelRequested)', 'mine(job)', TRANSITIONS_TEST),
  without(
    'no cancel over a finished file',
    SETTLE,
    "end.kind === 'error' || end.kind === 'cancelled'",
    "end.kind === 'error'",
    CANCEL,
  ),
  without(
    'a file over a cancelled job is taken back',
    SETTLE,
    'await Promise.all([reportKey(job), badCellsKey(job)].map((key) => ports.reports.remove(key)));',
    '',
    CANCEL,
  ),
  without(
    'what stands for a cancelled job is cleared later',
    TRANSITIONS,
    "const when = all(mine(job), cancelRequested);\n  return { name: 'finishCancelled', when, ...ended(job, now, CANCELLED, now + CLEARING_MILLISECONDS) };",
    "const when = all(mine(job), cancelRequested);\n  return { name: 'finishCancelled', when, ...ended(job, now, CANCELLED) };",
    CANCEL,
    SCENARIOS,
  ),
  without(
    'the file of a cancelled job taken away by the sweeper',
    'lambdas/rescue/clear-cancelled.ts',
    'for (const key of [reportKey(job), ...badCells]) await reports.remove(key);',
    '',
    CANCEL,
    SCENARIOS,
  ),
  without('no clearing while somebody is to be told', TRANSITIONS, ', nobodyToTell);', ');', TRANSITIONS_TEST),
  without(
    'a queued job alone is cancelled at once',
    TRANSITIONS,
    "name: 'cancelQueued', when: all(isQueued, sameGeneration(job))",
    "name: 'cancelQueued', when: sameGeneration(job)",
    TRANSITIONS_TEST,
  ),
  without('tenant of the reader', 'lambdas/rescue/own-job.ts', ' || job.tenant !== tenant', '', SCENARIOS),
  without(
    'tenant of a dataset',
    'lambdas/domain/dataset.ts',
    `\${tenantHash(tenant)}/`,
    '',
    'test/functions/enqueue/accepted-datasets.test.ts',
  ),
  without(
    'end of a dataset',
    'lambdas/functions/enqueue/accepted-datasets.ts',
    ' || stored.uploadedAt + datasetRetention * 1000 <= now',
    '',
    'test/functions/enqueue/accepted-datasets.test.ts',
  ),
  without(
    'count of the bytes of a dataset',
    'lambdas/datasets/bytes.ts',
    'if (meter.bytesRead === meter.bytesTotal) return;',
    'if (meter.bytesRead >= 0) return;',
    'test/system/datasets.test.ts',
  ),
  without(
    'version of a dataset',
    'lambdas/adapters/s3-dataset-store.ts',
    ', IfMatch: etag }',
    ' }',
    'test/adapters/s3-dataset-store.test.ts',
  ),
  without(
    'tenant of a shared job',
    'lambdas/domain/ids.ts',
    `hashedId(\`shared:\${tenant.length}:\${tenant}/\${what}\`)`,
    `hashedId(\`shared:\${tenant.length < 0}:\${what}\`)`,
    REUSE,
  ),
  without(
    'versions of datasets in a shared job',
    REUSE_RULES,
    '[requestHash, versions, definitions]',
    '[requestHash, versions.length, definitions]',
    REUSE,
  ),
  without(
    'version of a definition in a shared job',
    REUSE_RULES,
    '[requestHash, versions, definitions]',
    '[requestHash, versions, definitions.length]',
    REUSE,
  ),
  without(
    'no sharing of what failed',
    'lambdas/functions/enqueue/accept.ts',
    'if (checked.isShared && !isShareable(standing, ports.clock.now())) return undefined;',
    '',
    REUSE,
  ),
  without('span of a shared job', REUSE_RULES, `\${within}:\${span}:\${n}`, `\${within}:\${span < 0}:\${n}`, REUSE),
  without('commit of the bad cells', MAKE_REPORT, '    await badCells.commit();\n', '', BAD_CELLS),
  without(
    'bad cells that no row names',
    MAKE_REPORT,
    'await stageFacts(attempt, staged);\n    await badCells.commit();',
    'await badCells.commit();\n    await stageFacts(attempt, staged);',
    BAD_CELLS,
  ),
];

/** Mistakes that somebody could make, none of them the removal of a guard: are they seen too? */
export const PLANTED: readonly Mutant[] = [
  without('outcomes remembered without their generation', PERFORM, `#\${job.generation}\``, '`', DELIVERING),
  without('tries that survive a redrive', TRANSITIONS, '      tries: 0,\n', '', DELIVERING),
  without(
    'a take-over under the old number',
    TRANSITIONS,
    'increment: { attempt: 1, tries: 1 }',
    "increment: { tries: 1 },\n    ...(by.now > 0 ? {} : { remove: ['none'] })",
    KILLING,
  ),
  without(
    'a claim that does not say when to look again',
    TRANSITIONS,
    '      sweepAt: by.leaseUntil,\n',
    '',
    KILLING,
    SCENARIOS,
  ),
  without(
    'a part that is lost without a word',
    'test/support/memory/report-store.ts',
    'this.#partNumber += 1;',
    'this.#partNumber = 1;',
    COMMITTING,
  ),
];
