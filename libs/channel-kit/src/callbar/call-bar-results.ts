import type { Pool, PoolClient } from 'pg';
import { pause } from '#libs/runtime';

/** NOTIFY channel of results; the payload is the event's id. */
const CHANNEL = 'casewright_callbar';
/** Losing a notification costs this long, never a result. Milliseconds. */
const ASK_AGAIN = 1_000;

/** What became of something that an agent pressed. */
export interface CallBarResult {
  readonly eventId: string;
  /** Whom the token named. */
  readonly agent: string;
  readonly contentSha256: string;
  readonly state: 'accepted' | 'parked' | 'applied' | 'refused' | 'expired';
  readonly reason: string | null;
  readonly interactionId: string | null;
  readonly case: { readonly id: string; readonly number: string | null; readonly created: boolean } | null;
}

/** States that nothing but a later event of the call changes. */
const SETTLED: ReadonlySet<string> = new Set(['applied', 'refused', 'expired', 'parked']);

/** Reads what became of events, and waits for that without asking again and again: NOTIFY wakes whoever waits. */
export class CallBarResults {
  private readonly waiting = new Map<string, Set<() => void>>();
  private listening: Promise<PoolClient> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly accountId: string,
  ) {}

  /** Null while nothing is known of it. */
  async find(eventId: string): Promise<CallBarResult | null> {
    const { rows } = await this.pool.query<CallBarResult>({
      name: 'find_call_bar_result',
      text: `
        select e.id as "eventId", e.agent, e.content_sha256 as "contentSha256", e.state, e.reason,
          e.interaction_id as "interactionId",
          case when e.case_id is not null
            then json_build_object('id', e.case_id, 'number', c.number::text, 'created', e.created) end as "case"
        from callbar_event e
        left join cases c on c.account_id = e.account_id and c.id = e.case_id
        where e.account_id = $1 and e.id = $2`,
      values: [this.accountId, eventId],
    });
    return rows[0] ?? null;
  }

  /** Notes that an event is durable in the log, so that whoever asks is told so before it is decided. */
  async noteAccepted(event: {
    readonly id: string;
    readonly contentSha256: string;
    readonly agent: string;
    readonly action: string;
    readonly occurredAt: string;
    readonly receivedAt: string;
    readonly interactionId: string | null;
  }): Promise<void> {
    await this.pool.query({
      name: 'note_call_bar_event',
      text: `
        insert into callbar_event (
          account_id, id, content_sha256, agent, action, interaction_id, occurred_at, received_at, event, state
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'accepted')
        on conflict do nothing`,
      values: [
        this.accountId,
        event.id,
        event.contentSha256,
        event.agent,
        event.action,
        event.interactionId,
        event.occurredAt,
        event.receivedAt,
        JSON.stringify(event),
      ],
    });
  }

  /** The result as soon as it is there, at most so many milliseconds later; what is known then when it is not. */
  async wait(eventId: string, milliseconds: number): Promise<CallBarResult | null> {
    if (milliseconds <= 0) {
      return this.find(eventId);
    }
    const until = performance.now() + milliseconds;
    await this.listen();
    for (;;) {
      const woken = this.woken(eventId);
      try {
        const result = await this.find(eventId);
        const left = until - performance.now();
        if ((result !== null && SETTLED.has(result.state)) || left <= 0) {
          return result;
        }
        await Promise.race([woken.promise, pause(Math.min(left, ASK_AGAIN), woken.over)]);
      } finally {
        woken.forget();
      }
    }
  }

  async close(): Promise<void> {
    const listening = this.listening;
    this.listening = null;
    const client = await listening?.catch(() => null);
    client?.release(true);
  }

  private woken(eventId: string) {
    const over = new AbortController();
    let wake: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (wake = resolve));
    const own = this.waiting.get(eventId) ?? new Set();
    this.waiting.set(eventId, own.add(wake));
    const forget = (): void => {
      over.abort();
      own.delete(wake);
      if (own.size === 0) {
        this.waiting.delete(eventId);
      }
    };
    return { promise, over: over.signal, forget };
  }

  /** One connection for all who wait; without it they ask again by themselves. */
  private async listen(): Promise<void> {
    this.listening ??= this.connect();
    await this.listening.catch(() => (this.listening = null));
  }

  private async connect(): Promise<PoolClient> {
    const client = await this.pool.connect();
    client.on('notification', ({ payload = '' }) => this.waiting.get(payload)?.forEach((wake) => wake()));
    let isReleased = false;
    const release = (error: unknown): void => {
      this.listening = null;
      if (!isReleased) {
        isReleased = true;
        client.release(error instanceof Error ? error : true);
      }
    };
    client.once('error', release);
    try {
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      release(error);
      throw error;
    }
    return client;
  }
}
