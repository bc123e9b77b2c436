import { interactionIdOfTold, toldRecord, type Told } from '#libs/interaction';
import type { EventLog, OutgoingRecord } from '#libs/messaging';
import { errorMessage } from '#libs/runtime';
import type { DeliveredFact } from '../deliveries/delivery.js';

/** A fact, or the whole of an interaction, in the spelling in which it goes into the log, and into the log of deliveries. */
export interface ToldFact extends DeliveredFact {
  readonly record: OutgoingRecord;
}

/** Written once, whoever needs it. As bytes: hundreds of texts that wait for the log would be copied by every collection. */
export function toldFact(told: Told): ToldFact {
  const interactionId = interactionIdOfTold(told);
  const { topic, key, value, headers } = toldRecord(told, undefined, interactionId);
  return { interactionId, json: value, record: { topic, key, value: Buffer.from(value), headers } };
}

/** What has to be durable first; resolves with what follows from it. */
type Before = () => Promise<readonly Told[]>;

/** How long senders wait, and how many at once; most give up after a few seconds (channels.md A). */
export interface WaitingLimits {
  readonly timeoutMs: number;
  readonly mostWaiting: number;
}

export const WAITING_LIMITS: WaitingLimits = { timeoutMs: 2_500, mostWaiting: 1_000 };

/** `unavailable`: it may or may not be durable; the sender must come again. A repetition has the same ids. */
export type Durable = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Why a request is not even tried. */
export const TOO_MANY = 'too many requests wait for the log';

const DURABLE: Durable = { ok: true };

/** Makes what requests tell durable, or says in time that it may not be. */
export class WebhookPublisher {
  #waiting = 0;

  constructor(
    private readonly log: Pick<EventLog, 'publish'>,
    private readonly limits: WaitingLimits = WAITING_LIMITS,
  ) {}

  /** Whether one more request may wait for the log. */
  get isFull(): boolean {
    return this.#waiting >= this.limits.mostWaiting;
  }

  /**
   * Runs `before`, where something has to be durable first, then publishes every fact, and those that it finds, to the topics of
   * their kinds. Never rejects.
   */
  publish(told: readonly ToldFact[], before: Before | null): Promise<Durable> {
    if (this.isFull) {
      return Promise.resolve({ ok: false, reason: TOO_MANY });
    }
    this.#waiting += 1;
    const { timeoutMs } = this.limits;
    return new Promise((resolve) => {
      const tooLate = { ok: false, reason: `not durable within ${timeoutMs} ms` } as const;
      const timer = setTimeout(() => resolve(tooLate), timeoutMs);
      // Whoever was told to come again is still in the log's queue: only what has left it makes room.
      const settle = (durable: Durable): void => {
        clearTimeout(timer);
        this.#waiting -= 1;
        resolve(durable);
      };
      this.#publishAll(told, before).then(
        () => settle(DURABLE),
        (error: unknown) => settle({ ok: false, reason: errorMessage(error) }),
      );
    });
  }

  #publishAll(told: readonly ToldFact[], before: Before | null): Promise<void> {
    return before === null
      ? this.#publishRecords(told)
      : before().then((more) => this.#publishRecords([...told, ...more.map(toldFact)]));
  }

  #publishRecords(told: readonly ToldFact[]): Promise<void> {
    return told.length === 0 ? Promise.resolve() : this.log.publish(told.map(({ record }) => record));
  }
}
