import type { ReportDefinition } from '../domain/report-definition.ts';
import { airports } from './airports.ts';
import { flightDelays } from './flight-delays.ts';

/** Every report that is defined in code. A new one is one file and one line. */
export const REPORTS: readonly ReportDefinition[] = [airports, flightDelays];
