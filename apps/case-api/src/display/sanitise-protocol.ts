import type { SanitisedHtml } from './sanitise-html.js';

/** Main thread to worker. */
export interface SanitiseRequest {
  readonly html: string;
  readonly partByContentId: Readonly<Record<string, string>>;
}

/** Worker to main thread: null when the sanitiser itself failed. */
export type SanitiseResponse = SanitisedHtml | null;

/** A worker says this once, when it has loaded its modules. */
export const SANITISER_READY = 'ready';
