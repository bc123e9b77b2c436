import type { Metrics } from '#libs/runtime';
import type { DeliveryVerdict } from '../deliveries/delivery.js';

/** Counts what one connection is asked. */
export interface ConnectionMetrics {
  answered(verdict: DeliveryVerdict, seconds: number): void;
  refused(reason: string): void;
}

/** Counts what connections are asked; by connection, which the configuration names, and never by what a stranger sent. */
export type WebhookMetrics = (connection: string) => ConnectionMetrics;

export function webhookMetrics(metrics: Metrics): WebhookMetrics {
  const requests = metrics.counter({
    name: 'webhook_requests_total',
    help: 'Requests to connections, by what became of them',
    labels: ['connection', 'verdict'],
  });
  const refused = metrics.counter({
    name: 'webhook_refused_total',
    help: 'Requests to connections that were not believed',
    labels: ['connection', 'reason'],
  });
  const duration = metrics.histogram({
    name: 'webhook_duration_seconds',
    help: 'From the first look at a request of a connection to its answer',
    labels: ['connection'],
  });
  return (connection) => {
    // Labels are looked up once, and not with every request; none is shown before something was counted.
    const byVerdict = new Map<DeliveryVerdict, { inc(): void }>();
    let took: { observe(seconds: number): void } | null = null;
    return {
      answered(verdict, seconds) {
        const counter = byVerdict.get(verdict) ?? requests.labels(connection, verdict);
        byVerdict.set(verdict, counter);
        counter.inc();
        took ??= duration.labels(connection);
        took.observe(seconds);
      },
      refused: (reason) => refused.inc({ connection, reason }),
    };
  };
}
