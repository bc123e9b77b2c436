import type { EmailPayload } from '#libs/mail';

/** Where a worker finds a mail: in the message itself when it is small, else in the blob store. */
export type ParseInput = { readonly bytes: Uint8Array } | { readonly sha256: string; readonly size: number };

/** Main thread to worker, as a list: a message costs more than a small mail. With `headerOnlyFlag` the body is left alone and the flag says why. */
export interface ParseRequest {
  readonly id: number;
  readonly input: ParseInput;
  /** Store the bytes as well, under their SHA-256. */
  readonly keepRaw: boolean;
  readonly headerOnlyFlag: string | null;
}

/** What a mail says, and where it is stored when that was asked for. */
export interface ParseResult {
  readonly payload: EmailPayload;
  readonly raw: { readonly sha256: string; readonly size: number } | null;
}

/** Worker to main thread, as a list. */
export type ParseResponse =
  | ({ readonly id: number; readonly ok: true } & ParseResult)
  /** The blob store failed; the delivery must be tried again. */
  | { readonly id: number; readonly ok: false; readonly error: string };

export interface ParseWorkerSettings {
  readonly blobAddress: string;
}

/** A worker says this once, when it has loaded its modules. */
export const WORKER_READY = 'ready';
