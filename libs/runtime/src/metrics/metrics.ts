import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricOptions<Label extends string> {
  /** Without our prefix: `interactions_total` becomes `casewright_interactions_total`. */
  readonly name: string;
  readonly help: string;
  /** Names with few possible values: outcome, channel, topic. Never an id or an address. */
  readonly labels?: readonly Label[];
}

/** Upper bounds in seconds, from one statement to a slow batch. */
const durationBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The process's metrics. Declared in `metrics.ts` beside the code that counts; asking twice for a name gives the
 * same metric, so several modules of one process can share it.
 */
export class Metrics {
  private readonly registry = new Registry();

  /** Adds what Node itself has to say: memory, event loop, garbage collection. */
  collectProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry, prefix: 'casewright_' });
  }

  counter<Label extends string = never>(options: MetricOptions<Label>): Counter<Label> {
    return this.once(options, (settings) => new Counter<Label>(settings));
  }

  /** `read` is asked at every scrape. */
  gauge<Label extends string = never>(
    options: MetricOptions<Label>,
    read?: () => number | Promise<number>,
  ): Gauge<Label> {
    return this.once(options, (settings) => {
      const gauge: Gauge<Label> = new Gauge<Label>({
        ...settings,
        ...(read && { collect: async () => gauge.set(await read()) }),
      });
      return gauge;
    });
  }

  /** Durations are in seconds and their names end in `_seconds`. */
  histogram<Label extends string = never>(
    options: MetricOptions<Label> & { readonly buckets?: readonly number[] },
  ): Histogram<Label> {
    const buckets = [...(options.buckets ?? durationBuckets)];
    return this.once(options, (settings) => new Histogram<Label>({ ...settings, buckets }));
  }

  /** The Prometheus text format, and its content type. */
  async exposition(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private once<Label extends string, Metric>(
    { name, help, labels = [] }: MetricOptions<Label>,
    create: (settings: { name: string; help: string; labelNames: Label[]; registers: Registry[] }) => Metric,
  ): Metric {
    const fullName = `casewright_${name}`;
    const known = this.registry.getSingleMetric(fullName) as Metric | undefined;
    return known ?? create({ name: fullName, help, labelNames: [...labels], registers: [this.registry] });
  }
}
