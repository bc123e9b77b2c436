import type { HeldRecordingJob, RecordingOutcome } from '#libs/channel-kit';
import { fetchRecording, type RecordingFetchTools } from './fetch-recording.js';
import type { RecordingConnection, TranscriptionEngine } from './recording-connection.js';
import { FETCH_WAITS, TRANSCRIBE_WAITS, waitAfter } from './retry-times.js';
import { askEngine, type TranscribeEnd, type TranscribeTools } from './transcribe/ask-engine.js';

/** What is to be done about a job after an attempt. */
export type AttemptEnd =
  | { readonly next: 'tell'; readonly outcome: RecordingOutcome }
  | { readonly next: 'again'; readonly delayMs: number; readonly reason: string };

export interface AttemptTools extends RecordingFetchTools {
  readonly connections: ReadonlyMap<string, RecordingConnection>;
  readonly engine: TranscriptionEngine | null;
  readonly blobs: RecordingFetchTools['blobs'] & TranscribeTools['blobs'];
  readonly transcribeTimeoutMs: number;
}

/** One attempt at a job that has no outcome yet. Rejects when our own store fails, or on `stop`. */
export async function attemptJob(job: HeldRecordingJob, tools: AttemptTools, stop: AbortSignal): Promise<AttemptEnd> {
  return job.task === 'fetch' ? attemptFetch(job, tools, stop) : attemptTranscription(job, tools, stop);
}

async function attemptFetch(job: HeldRecordingJob, tools: AttemptTools, stop: AbortSignal): Promise<AttemptEnd> {
  const connection = tools.connections.get(job.connection);
  // It may be known to a process that was started with another file.
  const end =
    connection === undefined
      ? ({ end: 'again', reason: 'connection_unknown', retryAfterMs: null, host: null } as const)
      : await fetchRecording(job, connection, tools, stop);
  const { host } = end;
  switch (end.end) {
    case 'stored':
      return {
        next: 'tell',
        outcome: { task: 'fetch', host, recording: { status: 'available', content: end.content } },
      };
    case 'expired':
      return { next: 'tell', outcome: { task: 'fetch', host, recording: { status: 'expired' } } };
    case 'failed':
      return { next: 'tell', outcome: failed(end.failure, host) };
    case 'again': {
      const delayMs = waitAfter(FETCH_WAITS, job.attempt, end.retryAfterMs);
      return delayMs === null
        ? { next: 'tell', outcome: failed(end.reason, host) }
        : { next: 'again', delayMs, reason: end.reason };
    }
  }
}

function failed(failure: string, host: string | null): RecordingOutcome {
  return { task: 'fetch', host, recording: { status: 'failed', failure } };
}

async function attemptTranscription(
  job: HeldRecordingJob,
  tools: AttemptTools,
  stop: AbortSignal,
): Promise<AttemptEnd> {
  const { engine, blobs, transcribeTimeoutMs: timeoutMs } = tools;
  const end: TranscribeEnd =
    engine === null || job.sound === null
      ? { end: 'failed', failure: 'not_configured' }
      : await askEngine(job.sound, { blobs, engine, timeoutMs }, stop);
  const { recordingId } = job;
  if (end.end === 'completed') {
    return { next: 'tell', outcome: { task: 'transcribe', transcript: { recordingId, ...end.transcript } } };
  }
  const delayMs = end.end === 'again' ? waitAfter(TRANSCRIBE_WAITS, job.attempt) : null;
  return delayMs === null || end.end === 'failed'
    ? { next: 'tell', outcome: { task: 'transcribe', transcript: { recordingId, status: 'failed' } } }
    : { next: 'again', delayMs, reason: end.reason };
}
