import type { BlobReference } from '#libs/interaction';
import type { EmailPayload } from '#libs/mail';

/** Where a thread finds a mail: in the message itself when it is small, else in the blob store. */
export type ParseInput = { readonly bytes: Uint8Array } | { readonly sha256: string; readonly size: number };

/** Main thread to worker, as a list: a message costs more than a small mail. With `headerOnlyFlag` the body is left alone and the flag says why. */
export interface ParseRequest {
  readonly id: number;
  readonly input: ParseInput;
  readonly headerOnlyFlag: string | null;
}

/** What a mail says, and where its bytes are durable. */
export interface ParsedMail {
  readonly payload: EmailPayload;
  readonly raw: BlobReference;
}

/** Worker to main thread, as a list. */
export type ParseResponse =
  | ({ readonly id: number; readonly ok: true } & ParsedMail)
  /** The blob store failed; the delivery must be tried again. */
  | { readonly id: number; readonly ok: false; readonly error: string };

export interface ParseWorkerSettings {
  readonly blobAddress: string;
}

/** A worker says this once, when it has loaded its modules. */
export const WORKER_READY = 'ready';
