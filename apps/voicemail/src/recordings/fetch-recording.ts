import type { HeldRecordingJob } from '#libs/channel-kit';
import type { Authorizations } from './credentials/authorizations.js';
import { fetchSound, type FetchEnd, type FetchTools } from './fetch/fetch-sound.js';
import type { RecordingConnection } from './recording-connection.js';

export interface RecordingFetchTools extends FetchTools {
  readonly authorizations: Authorizations;
}

/** One attempt to fetch a connection's recording as who we are there. Rejects when our own store fails, or on `stop`. */
export async function fetchRecording(
  job: Pick<HeldRecordingJob, 'address'>,
  connection: RecordingConnection,
  tools: RecordingFetchTools,
  stop: AbortSignal,
): Promise<FetchEnd> {
  const { name, access, namedHosts, maxBytes } = connection;
  const policy = { ownHosts: access.hosts, namedHosts };
  for (;;) {
    const who = await tools.authorizations.of(name, access.credentials, { ...tools, namedHosts }, stop);
    stop.throwIfAborted();
    if (who.outcome !== 'known') {
      const host = access.hosts[0] ?? null;
      return who.outcome === 'refused'
        ? { end: 'failed', failure: 'auth', host }
        : { end: 'again', reason: 'token_unavailable', retryAfterMs: null, host };
    }
    const request = { address: job.address ?? '', policy, authorization: who.header, maxBytes };
    const end = await fetchSound(request, tools, stop);
    const isRefused = end.end === 'failed' && end.failure === 'auth';
    if (!isRefused) {
      return end;
    }
    tools.authorizations.forget(name);
    // A token may end before its time: one that was kept says nothing about the credentials.
    if (!who.isKept) {
      return end;
    }
  }
}
