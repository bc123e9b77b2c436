import type { Metrics } from '#libs/runtime';

/** Counts what connections are asked; by connection, which the configuration names, and never by what a stranger sent. */
export type WebhookMetrics = ReturnType<typeof webhookMetrics>;

export function webhookMetrics(metrics: Metrics) {
  return {
    requests: metrics.counter({
      name: 'webhook_requests_total',
      help: 'Requests to connections, by what became of them',
      labels: ['connection', 'verdict'],
    }),
    refused: metrics.counter({
      name: 'webhook_refused_total',
      help: 'Requests to connections that were not believed',
      labels: ['connection', 'reason'],
    }),
    duration: metrics.histogram({
      name: 'webhook_duration_seconds',
      help: 'From the first look at a request of a connection to its answer',
      labels: ['connection'],
    }),
  };
}
