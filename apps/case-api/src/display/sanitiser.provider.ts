import { Injectable, type OnModuleDestroy, type Provider } from '@nestjs/common';
import { Sanitiser } from './sanitiser.js';

/** Injection token of the `Sanitiser`. */
export const SANITISER = Symbol('SANITISER');

const TIME_LIMIT_MS = 2_000;
const MOST_WAITING = 20;

/** The sanitiser's life: its thread ends with the application. */
@Injectable()
export class ApplicationSanitiser extends Sanitiser implements OnModuleDestroy {
  constructor() {
    super({ timeLimitMs: TIME_LIMIT_MS, mostWaiting: MOST_WAITING });
  }

  async onModuleDestroy(): Promise<void> {
    await this.close();
  }
}

export const sanitiserProvider: Provider = { provide: SANITISER, useClass: ApplicationSanitiser };
