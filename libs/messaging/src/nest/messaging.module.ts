import {
  Global,
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
} from '@nestjs/common';

import type { EventLog } from '../event-log.js';

/** Injection token of the `EventLog`. */
export const EVENT_LOG = Symbol('EVENT_LOG');

/**
 * Provides the log to the whole application and closes it at the end: after `onModuleDestroy`, where adapters and the relay
 * stop, and before `onApplicationShutdown`, where the pool that it may use is closed. Its consumers finish their batches then.
 */
@Global()
@Module({})
export class MessagingModule implements BeforeApplicationShutdown {
  private closed: Promise<void> | undefined;

  constructor(@Inject(EVENT_LOG) private readonly log: EventLog) {}

  /** The log itself, or how to open it from what other global modules provide. */
  static forRoot(open: Pick<FactoryProvider<EventLog>, 'useFactory' | 'inject'> | EventLog): DynamicModule {
    const provider = 'useFactory' in open ? { provide: EVENT_LOG, ...open } : { provide: EVENT_LOG, useValue: open };
    return { module: MessagingModule, providers: [provider], exports: [EVENT_LOG] };
  }

  beforeApplicationShutdown(): Promise<void> {
    return (this.closed ??= this.log.close());
  }
}
