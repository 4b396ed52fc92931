import { readFileSync } from 'node:fs';
import { z } from 'zod';

const priceSchema = z.object({
  usd: z.number().positive(),
  /** What that buys. */
  unit: z.string(),
  /** Whose price it is, and where the figure was read. */
  source: z.url(),
  readIn: z.url(),
});
export type Price = z.infer<typeof priceSchema>;

const NAMES = [
  'lambdaGbSecondArm64',
  'lambdaRequest',
  'apiRequest',
  'dynamoWriteUnit',
  'dynamoReadUnit',
  'sqsRequest',
  's3Put',
  's3Get',
  's3GbMonth',
  'transferOutGb',
  'eventBridgeEvent',
  'secretMonth',
] as const;
export type PriceName = (typeof NAMES)[number];

const pricesSchema = z.object({
  region: z.string(),
  /** The day. */
  read: z.iso.date(),
  note: z.string(),
  prices: z.record(z.enum(NAMES), priceSchema),
});
export type Prices = z.infer<typeof pricesSchema>;

/** The prices that are kept with the bench. */
export function readPrices(): Prices {
  return pricesSchema.parse(JSON.parse(readFileSync('bench/prices/us-east-1.json', 'utf8')));
}
