import type { Metrics } from '#libs/runtime';

/**
 * `allowance`: an untaken request beyond those that a connection may have in the log in an hour. `memory`: too much waited
 * for the database. `database`: it could not be written.
 */
export type UnloggedBecause = 'allowance' | 'memory' | 'database';

export interface DeliveryMetrics {
  unlogged(because: UnloggedBecause, count: number): void;
}

export function deliveryMetrics(metrics: Metrics): DeliveryMetrics {
  const unlogged = metrics.counter({
    name: 'deliveries_unlogged_total',
    help: 'Requests to connections that the delivery log lacks',
    labels: ['because'],
  });
  return { unlogged: (because, count) => unlogged.inc({ because }, count) };
}
