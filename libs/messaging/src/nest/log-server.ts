import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';

import type { BatchContext, Consumption, EventLog, RecordBatch } from '../event-log.js';
import { BATCH_SUBSCRIPTION, type BatchSubscription } from './batch-handler.js';
import { LogContext } from './log-context.js';

export interface LogServerOptions {
  readonly log: EventLog;
  /** A consumer has died for good, or a breaker opened: the process must end, for it does nothing any more. */
  readonly onDeath: (error: Error) => void;
}

/**
 * Consumption of the log as a Nest transport: a controller method per consumer group, a batch per call.
 * Nest's own Kafka transport handles one message at a time, repeats a poison message for ever and hides its cause.
 */
export class LogServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumptions: Consumption[] = [];
  private closing = false;

  constructor(private readonly options: LogServerOptions) {
    super();
  }

  /** Starts a consumer for each handler, one after another. */
  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Batches in flight are finished and their offsets committed. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.consumptions.map((consumption) => consumption.stop()));
  }

  /** State of the consumers, the worst first; `stopped` when there is none. */
  state(): ReturnType<Consumption['state']> {
    const states = this.consumptions.map((consumption) => consumption.state());
    const worst = (['dead', 'stalled', 'joining', 'running'] as const).find((state) => states.includes(state));
    return worst ?? 'stopped';
  }

  on(): void {
    throw new Error('LogServer has no events: ask its state');
  }

  unwrap<T>(): T {
    return this.options.log as T;
  }

  private async start(): Promise<void> {
    for (const handler of this.messageHandlers.values()) {
      const subscription = handler.extras?.[BATCH_SUBSCRIPTION] as BatchSubscription | undefined;
      if (subscription === undefined) {
        throw new Error('LogServer serves methods with @BatchHandler only');
      }
      const consumption = await this.options.log.consume({
        ...subscription,
        handle: (batch, context) => handOver(handler, batch, context),
      });
      this.consumptions.push(consumption);
      void consumption.died.then((error) => this.closing || this.options.onDeath(error));
    }
  }
}

/** Unlike the base class's `handleEvent`, waits for the handler and passes its error on. */
async function handOver(handler: MessageHandler, batch: RecordBatch, batchContext: BatchContext): Promise<void> {
  const context = new LogContext(batchContext);
  try {
    const result: unknown = await handler(batch, context);
    if (isObservable(result)) {
      await lastValueFrom(result, { defaultValue: undefined });
    }
  } catch (thrown) {
    throw context.causeOf(thrown);
  }
}
