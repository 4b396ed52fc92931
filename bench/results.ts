import { z } from 'zod';
import { machineSchema } from './machine.ts';
import { CORES } from './ways.ts';

const measurementSchema = z.object({
  name: z.string(),
  rows: z.number(),
  cores: z.enum(CORES),
  /** How many runs it is the fastest of. */
  runs: z.number(),
  /** From the start of the process to its end. */
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  peakRssMiB: z.number(),
  /** Of the file. */
  bytes: z.number(),
});
export type Measurement = z.infer<typeof measurementSchema>;

const contestantSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** What others do and it does not, as a reader of its files found, or as its entry says. */
  lacks: z.array(z.string()),
});
export type ContestantFacts = z.infer<typeof contestantSchema>;

/** What a suite of tables wrote to `bench/results/<name>.json`. */
export const resultsSchema = z.object({
  machine: machineSchema,
  /** Of the first run and of the last one. */
  from: z.string(),
  to: z.string(),
  contestants: z.array(contestantSchema),
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  measurements: z.array(measurementSchema),
});
export type Results = z.infer<typeof resultsSchema>;
