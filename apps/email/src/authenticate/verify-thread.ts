import { buffer } from 'node:stream/consumers';
import { parentPort, workerData } from 'node:worker_threads';
import { openBlobStore } from '#libs/blob-store';
import type { ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import type { VerifyRequest, VerifyResponse, VerifyWorkerSettings } from './verify-protocol.js';
import { systemResolver, TIME_LIMIT_MS, verifySender } from './verify-sender.js';

/** Entry of a worker thread: signatures cost hashing, and that must not hold up the listener. */
const { blobAddress } = workerData as VerifyWorkerSettings;
const blobs = await openBlobStore(blobAddress);

parentPort?.on('message', ({ id, input, session }: VerifyRequest) => {
  void answer(input, session).then((own) => parentPort?.postMessage({ id, own } satisfies VerifyResponse));
});

async function answer(input: ParseInput, session: VerifyRequest['session']): Promise<OwnResults> {
  try {
    const mail = await bytesOf(input);
    return await verifySender(mail, session, { resolver: systemResolver, timeLimitMs: TIME_LIMIT_MS });
  } catch {
    return { made: false, why: 'the stored mail could not be read' };
  }
}

async function bytesOf(input: ParseInput): Promise<Buffer> {
  if ('bytes' in input) {
    return Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.byteLength);
  }
  const stored = await blobs.get(input.sha256);
  if (stored === null) {
    throw new Error(`the stored mail ${input.sha256} is gone`);
  }
  return buffer(stored);
}
