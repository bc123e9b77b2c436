import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { POOL } from '#libs/postgres';
import { METRICS } from '#libs/runtime';
import { openLedger } from './open-ledger.js';
import type { LedgerDependencies } from './settle.js';

/** Injection token of what `settle` works with. */
export const LEDGER = Symbol('LEDGER');

/** One ledger for all parts of a process. Needs the tokens POOL and METRICS of the application that it is part of. */
@Module({
  providers: [{ provide: LEDGER, useFactory: openLedger, inject: [POOL, METRICS] }],
  exports: [LEDGER],
})
export class LedgerModule implements BeforeApplicationShutdown {
  constructor(@Inject(LEDGER) private readonly ledger: LedgerDependencies) {}

  /** Consumers and timers have stopped by now; who still asks for a number is given a new one. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.ledger.numbers.giveBack();
  }
}
