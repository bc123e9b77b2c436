import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import { BatchHandler, LogContext, type RecordBatch } from '#libs/messaging';
import { BATCH_DEPENDENCIES } from '../tokens.js';
import { type BatchDependencies, handleBatch } from './handle-batch.js';

/** Where the interactions of every channel come in. */
@Controller()
export class BatchController {
  constructor(@Inject(BATCH_DEPENDENCIES) private readonly dependencies: BatchDependencies) {}

  @BatchHandler({ group: CASE_BUILDER_GROUP, topics: INTERACTION_TOPICS })
  async handle(@Payload() batch: RecordBatch, @Ctx() context: LogContext): Promise<void> {
    await handleBatch(this.dependencies, batch, context);
  }
}
