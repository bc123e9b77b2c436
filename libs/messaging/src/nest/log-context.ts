import { BaseRpcContext } from '@nestjs/microservices';

import type { BatchContext } from '../event-log.js';

/** What Nest hands to a batch handler beside the batch (`@Ctx() context: LogContext`). */
export class LogContext extends BaseRpcContext<[BatchContext]> implements BatchContext {
  private cause: unknown = undefined;

  constructor(batch: BatchContext) {
    super([batch]);
  }

  get group(): string {
    return this.getArgs()[0].group;
  }

  get signal(): AbortSignal {
    return this.getArgs()[0].signal;
  }

  /** Keeps what the handler threw: Nest's filter replaces it by a general "Internal server error". */
  failed(cause: unknown): void {
    this.cause = cause;
  }

  /** What the handler threw, else what Nest made of a failing guard, pipe or interceptor. */
  causeOf(thrown: unknown): Error {
    const cause = this.cause ?? thrown;
    return cause instanceof Error ? cause : new Error('The batch was refused before it was handled', { cause });
  }
}
