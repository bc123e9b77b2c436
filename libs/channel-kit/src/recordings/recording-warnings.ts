import type { RecordingFinding } from './recording-job.js';

/** What an operator has to do about recordings of a connection. */
export interface RecordingWarning {
  readonly connection: string;
  /** What is so, and what to do. Holds no secret and no address of a customer. */
  readonly sentence: string;
}

/** How far back warnings look: longer than a weekend, and than the last attempt at a recording. */
export const RECORDING_WARNING_DAYS = 7;

/**
 * What a hand is needed for (channels.md G): that a provider does not know us, until it has given us a recording again, and
 * hosts that nobody named. What else goes wrong is the recording's own, or passes.
 */
export function recordingWarnings(findings: readonly RecordingFinding[]): RecordingWarning[] {
  return findings
    .filter(({ isOver }) => !isOver)
    .flatMap(({ connection, failure, host, count, lastAt }) => {
      const remedy = REMEDIES.get(failure)?.(host ?? 'an unknown host');
      const recordings = count === 1 ? 'A recording' : `${count} recordings`;
      const what = `${recordings} of ${connection} could not be fetched, the last at ${lastAt.toISOString()}`;
      return remedy === undefined ? [] : [{ connection, sentence: `${what}: ${remedy}.` }];
    });
}

const REMEDIES: ReadonlyMap<string, (host: string) => string> = new Map([
  ['auth', (host) => `${host} does not take our credentials, correct those of the connection`],
  ['host_not_allowed', (host) => `add ${host} to its recordingHosts if it may be asked`],
  ['private_address', (host) => `${host} is a private address, add it to its recordingHosts if it may be asked`],
  ['not_https', (host) => `${host} speaks no https, add it to its recordingHosts if it may be asked all the same`],
]);
