import { buffer } from 'node:stream/consumers';
import { openBlobStore } from '#libs/blob-store';
import type { ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import { systemResolver, TIME_LIMIT_MS, verifySender, type SessionFacts } from './verify-sender.js';

export interface VerifySettings {
  readonly blobAddress: string;
}

/** The mail itself when it is small, else where it is stored. */
export interface VerifyRequest {
  readonly input: ParseInput;
  readonly session: SessionFacts | null;
}

/** What the thread of the `SenderVerifier` runs: signatures cost hashing, and that must not hold up the listener. */
export async function openThread({
  blobAddress,
}: VerifySettings): Promise<(request: VerifyRequest) => Promise<OwnResults>> {
  const blobs = await openBlobStore(blobAddress);
  const bytesOf = async (input: ParseInput): Promise<Buffer | null> => {
    if ('bytes' in input) {
      return Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.byteLength);
    }
    const stored = await blobs.get(input.sha256);
    return stored === null ? null : buffer(stored);
  };
  return async ({ input, session }) => {
    const mail = await bytesOf(input).catch(() => null);
    return mail === null
      ? { made: false, why: 'the stored mail could not be read' }
      : verifySender(mail, session, { resolver: systemResolver, timeLimitMs: TIME_LIMIT_MS });
  };
}
