import type { Metrics } from '#libs/runtime';

/** What is counted of recordings. `result`: available, failed, expired, again, completed, replaced. */
export function createRecordingMetrics(metrics: Metrics, countJobs: () => Promise<number>) {
  metrics.gauge({ name: 'recording_jobs', help: 'Recordings that are to be fetched or written down' }, countJobs);
  return {
    ended: metrics.counter({
      name: 'recordings_total',
      help: 'Attempts to fetch a recording or to have it written down, by how they ended',
      labels: ['task', 'connection', 'result'],
    }),
    refused: metrics.counter({
      name: 'recordings_refused_total',
      help: 'Recordings that the provider did not give us because of who we are: check the credentials',
      labels: ['connection'],
    }),
    seconds: metrics.histogram({
      name: 'recording_attempt_seconds',
      help: 'How long an attempt took',
      labels: ['task'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    }),
  };
}

export type RecordingMetrics = ReturnType<typeof createRecordingMetrics>;
