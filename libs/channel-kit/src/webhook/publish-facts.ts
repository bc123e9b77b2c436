import { factRecord, type CallFact, type VoicemailFact } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { errorMessage } from '#libs/runtime';

export type Fact = CallFact | VoicemailFact;

/** What has to be durable first; resolves with facts that follow from it. */
type Before = () => Promise<readonly Fact[]>;

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

  /** Runs `before`, then publishes every fact, and those that it finds, to the topics of their kinds. Never rejects. */
  async publish(facts: readonly Fact[], before: Before): Promise<Durable> {
    if (this.isFull) {
      return { ok: false, reason: TOO_MANY };
    }
    this.#waiting += 1;
    let timer: NodeJS.Timeout | undefined;
    const { timeoutMs } = this.limits;
    const tooLate = new Promise<Durable>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false, reason: `not durable within ${timeoutMs} ms` }), timeoutMs);
    });
    const durable = this.#publishAll(facts, before);
    try {
      return await Promise.race([durable, tooLate]);
    } finally {
      clearTimeout(timer);
      // Whoever was told to come again is still in the log's queue: only what has left it makes room.
      void durable.then(() => (this.#waiting -= 1));
    }
  }

  async #publishAll(facts: readonly Fact[], before: Before): Promise<Durable> {
    try {
      const all = [...facts, ...(await before())];
      if (all.length > 0) {
        await this.log.publish(all.map(encoded));
      }
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: errorMessage(error) };
    }
  }
}

/** As bytes at once: hundreds of texts that wait for the log would be copied by every collection of young objects. */
function encoded(fact: Fact): Parameters<EventLog['publish']>[0][number] {
  const { value, ...record } = factRecord(fact);
  return { ...record, value: Buffer.from(value) };
}
