import type { ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import type { SessionFacts } from './verify-sender.js';

/** Main thread to worker: the mail itself when it is small, else where it is stored. */
export interface VerifyRequest {
  readonly id: number;
  readonly input: ParseInput;
  readonly session: SessionFacts | null;
}

/** Worker to main thread. */
export interface VerifyResponse {
  readonly id: number;
  readonly own: OwnResults;
}

export interface VerifyWorkerSettings {
  readonly blobAddress: string;
}
