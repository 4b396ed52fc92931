import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '../contract.ts';
import type { ReportEvent } from '../domain/callback-event.ts';

/** The account's default bus in EventBridge. */
export class EventBridgeBus {
  readonly #client: EventBridgeClient;

  constructor(client: EventBridgeClient) {
    this.#client = client;
  }

  /** @throws when the bus refuses the entry, which it does with status 200. */
  async publish({ type, timestamp, data }: ReportEvent): Promise<void> {
    const entry = { Source: EVENT_SOURCE, DetailType: type, Time: new Date(timestamp), Detail: JSON.stringify(data) };
    const { FailedEntryCount = 0, Entries = [] } = await this.#client.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount > 0) throw new Error(`The event was refused: ${Entries[0]?.ErrorCode ?? 'unknown'}.`);
  }
}
