import { EventPattern } from '@nestjs/microservices';

import type { RecordBatch, Subscription } from '../event-log.js';
import type { LogContext } from './log-context.js';

/** Which batches a controller method handles. */
export type BatchSubscription = Omit<Subscription, 'handle'>;

/** Marks the extras of a pattern as ours. */
export const BATCH_SUBSCRIPTION = 'batchSubscription';

type BatchMethod = (batch: RecordBatch, context: LogContext) => Promise<void>;

/**
 * Declares a controller method as the handler of a consumer group:
 *
 *     @BatchHandler({ group: 'case-builder', topics: INTERACTION_TOPICS })
 *     async handle(@Payload() batch: RecordBatch, @Ctx() context: BatchContext): Promise<void>
 *
 * Guards, pipes and interceptors apply once per batch. Returning commits the offset; throwing repeats the batch in place.
 */
export function BatchHandler(subscription: BatchSubscription) {
  return <Method extends BatchMethod>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const handle = descriptor.value as BatchMethod;
    const handOver: BatchMethod = async function (this: unknown, batch, context) {
      try {
        await handle.call(this, batch, context);
      } catch (error) {
        context.failed(error);
        throw error;
      }
    };
    descriptor.value = handOver as Method;
    EventPattern(subscription.group, { [BATCH_SUBSCRIPTION]: subscription })(
      target,
      key,
      descriptor as unknown as TypedPropertyDescriptor<(data: object) => Promise<void>>,
    );
  };
}
