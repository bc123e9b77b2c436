import type { OnModuleDestroy, Provider } from '@nestjs/common';
import { compiledFile, WorkerPool, type PoolSettings, type ThreadAnswer } from '#libs/runtime';
import type { SanitisedHtml, SanitiseRequest } from './sanitise-html.js';

/** `timeout`: it took too long. `busy`: too many wait, or it waited too long. `failed`: the sanitiser gave up, or was closed. */
export type SanitiseResult =
  | { readonly ok: true; readonly sanitised: SanitisedHtml }
  | Extract<ThreadAnswer<SanitisedHtml>, { readonly ok: false }>;

/** `timeLimitMs` is what one HTML may take before its thread is ended. */
export type SanitiserSettings = Pick<PoolSettings, 'threads' | 'timeLimitMs' | 'mostWaiting' | 'waitLimitMs'>;

const HEAP_MB = 256;
const LOAD_LIMIT_MS = 10_000;

/** Sanitises HTML in a few threads, one at a time in each. They end with the application. */
export class Sanitiser implements OnModuleDestroy {
  readonly #pool: WorkerPool<SanitiseRequest, SanitisedHtml>;

  constructor(settings: SanitiserSettings) {
    const file = compiledFile('./sanitise-html.js', import.meta.url);
    this.#pool = new WorkerPool({ ...settings, file, loadLimitMs: LOAD_LIMIT_MS, heapMb: HEAP_MB });
  }

  /** Never rejects. */
  async sanitise(request: SanitiseRequest): Promise<SanitiseResult> {
    const result = await this.#pool.ask(request);
    return result.ok ? { ok: true, sanitised: result.answer } : result;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}

/** Injection token of the `Sanitiser`. */
export const SANITISER = Symbol('SANITISER');

const SETTINGS: SanitiserSettings = {
  threads: 2,
  timeLimitMs: 2_000,
  mostWaiting: 20,
  // The plain text is there at once, and a person reads it meanwhile.
  waitLimitMs: 500,
};

export const sanitiserProvider: Provider = { provide: SANITISER, useFactory: () => new Sanitiser(SETTINGS) };
