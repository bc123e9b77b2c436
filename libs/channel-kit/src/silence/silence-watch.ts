import type { Pool } from 'pg';
import { errorMessage, type Configuration, type HealthFinding, type Logger, type Metrics } from '#libs/runtime';
import { lookForSilence, type SilenceFinding } from './look-for-silence.js';
import { sentenceOf, type SilenceLimit } from './silence.js';

export interface SilenceWatchParts {
  readonly pool: Pool;
  readonly accountId: string;
  readonly limits: readonly SilenceLimit[];
  readonly timeZone: string;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now?: () => Date;
}

const LOOK_EVERY_MS = 60_000;

/** Which connections are to be listened for (`silentAfterHours`). */
export function silenceLimits({ telephony }: Pick<Configuration, 'telephony'>): SilenceLimit[] {
  return telephony.flatMap(({ provider, key, silentAfterHours: hours }) =>
    hours === null ? [] : [{ connection: `${provider}/${key}`, hours }],
  );
}

/**
 * Looks once a minute whether connections that used to send have fallen silent (`endpoint_silent`). Of all processes one says so in its
 * log, once for each silence; each of them shows it in its metrics and in its health.
 */
export class SilenceWatch {
  #findings: readonly SilenceFinding[] = [];
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(private readonly parts: SilenceWatchParts) {}

  start(): void {
    if (this.parts.limits.length > 0) {
      const look = () => void (this.#looking = this.look());
      look();
      this.#timer = setInterval(look, LOOK_EVERY_MS).unref();
    }
  }

  /** Resolves when nothing of it uses the database any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer ?? undefined);
    await this.#looking;
  }

  /** Never rejects: without a database there is nothing to find, and other checks say that. */
  async look(): Promise<void> {
    const { limits, timeZone, logger, now = () => new Date() } = this.parts;
    try {
      this.#findings = await lookForSilence(this.parts, limits, { now: now(), timeZone });
      this.#isFailing = false;
      this.#findings.forEach((finding) => this.#show(finding));
    } catch (error) {
      if (!this.#isFailing) {
        this.#isFailing = true;
        logger.warn({ reason: errorMessage(error) }, 'Nobody can tell whether connections have fallen silent');
      }
    }
  }

  /** A warning and no failure: nobody is served better by a process that is taken away. */
  check(): HealthFinding {
    const silent = this.#findings.filter(({ isTooLong }) => isTooLong);
    return { ok: true, warnings: silent.map(({ silence, limit }) => sentenceOf(silence, limit)) };
  }

  #show({ silence, limit, isTooLong, isNew }: SilenceFinding): void {
    const { metrics, logger } = this.parts;
    const { connection, lastEventAt } = silence;
    const labels = ['connection'] as const;
    metrics
      .gauge({ name: 'connection_silent', help: 'A connection has been silent for silentAfterHours', labels })
      .set({ connection }, isTooLong ? 1 : 0);
    metrics
      .gauge({ name: 'connection_last_event_timestamp', help: 'When the connection sent something last', labels })
      .set({ connection }, lastEventAt.getTime() / 1000);
    if (isNew) {
      logger.warn(
        { code: 'endpoint_silent', connection, lastEventAt: lastEventAt.toISOString() },
        sentenceOf(silence, limit),
      );
    }
  }
}
