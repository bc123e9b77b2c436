import type { OnModuleDestroy, Provider } from '@nestjs/common';
import { compiledFile, WorkerThread, type ThreadAnswer } from '#libs/runtime';
import type { SanitisedHtml, SanitiseRequest } from './sanitise-html.js';

/** `timeout`: it took too long. `busy`: too many wait. `failed`: the sanitiser gave up, or it was closed. */
export type SanitiseResult =
  | { readonly ok: true; readonly sanitised: SanitisedHtml }
  | Extract<ThreadAnswer<SanitisedHtml>, { readonly ok: false }>;

export interface SanitiserSettings {
  /** Milliseconds that one HTML may take before its thread is ended. */
  readonly timeLimitMs: number;
  /** Requests that may wait. */
  readonly mostWaiting: number;
}

const HEAP_MB = 256;

/** Sanitises HTML in a thread of its own, one after another. The thread ends with the application. */
export class Sanitiser implements OnModuleDestroy {
  readonly #thread: WorkerThread<SanitiseRequest, SanitisedHtml>;

  constructor(settings: SanitiserSettings) {
    const file = compiledFile('./sanitise-html.js', import.meta.url);
    this.#thread = new WorkerThread({ ...settings, file, mostAtOnce: 1, heapMb: HEAP_MB });
  }

  /** Never rejects. */
  async sanitise(request: SanitiseRequest): Promise<SanitiseResult> {
    const result = await this.#thread.ask(request);
    return result.ok ? { ok: true, sanitised: result.answer } : result;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}

/** Injection token of the `Sanitiser`. */
export const SANITISER = Symbol('SANITISER');

const TIME_LIMIT_MS = 2_000;
const MOST_WAITING = 20;

export const sanitiserProvider: Provider = {
  provide: SANITISER,
  useFactory: () => new Sanitiser({ timeLimitMs: TIME_LIMIT_MS, mostWaiting: MOST_WAITING }),
};
