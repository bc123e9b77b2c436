import type { Pool, PoolClient } from 'pg';
import { errorMessage, pause } from '#libs/runtime';

/** Any two numbers will do, as long as they differ from each other and from other advisory locks of the database. */
export const LEADERS = {
  relay: 2_026_112_110,
  timers: 2_026_112_111,
  search: 2_026_112_112,
  due: 2_026_112_113,
  assignment: 2_026_112_114,
} as const;

/** How work that one process does for all is doing in this process. */
export interface LeaderState {
  /** `candidate`: it tries for the lead. `standby`: another process has it. */
  readonly role: 'candidate' | 'leader' | 'standby' | 'stopped';
  /** Since when it has failed at every attempt, and at what; null: it has not, or it got on since. */
  readonly trouble: { readonly since: number; readonly reason: string } | null;
  /** Whether it ever got on. */
  readonly hasProgressed: boolean;
}

/** Before the first attempt. */
export const CANDIDATE: LeaderState = { role: 'candidate', trouble: null, hasProgressed: false };
/** After the last. */
export const STOPPED: LeaderState = { ...CANDIDATE, role: 'stopped' };

/** The state after a failure: its trouble is as old as the first failure since anything got on. */
export function troubled({ trouble, hasProgressed }: LeaderState, reason: string, now: number): LeaderState {
  return { role: 'candidate', trouble: { since: trouble?.since ?? now, reason }, hasProgressed };
}

const STANDBY_MS = 1000;
/** Longer than a publish may wait for its acknowledgement, during which the relay says nothing. */
const SILENCE_LIMIT_MS = 30_000;
/** Losing a connection now and then is nothing; failing for this long is. */
const PATIENCE_MS = 30_000;

/** What a health check says of it. An attempt is no success, so it does not end a trouble. */
export function leaderFinding(
  { role, trouble }: LeaderState,
  now = Date.now(),
): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  if (role === 'stopped') {
    return { ok: false, reason: 'it has stopped' };
  }
  if (trouble === null || now - trouble.since < PATIENCE_MS) {
    return { ok: true };
  }
  return { ok: false, reason: `it has failed since ${new Date(trouble.since).toISOString()}: ${trouble.reason}` };
}

export interface LedWork {
  readonly pool: Pool;
  readonly lock: number;
  /**
   * Runs until the signal aborts. A throw gives the lead away, and it is tried for again. `progress` is called after each round
   * that has done all that there was to do: what fails every time must fail before it.
   */
  readonly work: (client: PoolClient, signal: AbortSignal, progress: () => void) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  /** How long the session may say nothing before the server ends it; 30 s unless told. */
  readonly silenceLimitMs?: number;
}

/**
 * Runs work in one process at a time. The lead is a session advisory lock on a connection of its own: a process that
 * dies, however it dies, loses the connection and with it the lead. One that is frozen or cut off keeps the connection,
 * so the server itself ends a session that is silent: work has to use its client now and then.
 */
export class Leadership {
  private state = CANDIDATE;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly led: LedWork) {}

  current(): LeaderState {
    return this.state;
  }

  start(): void {
    this.running = this.run();
  }

  /** Lets the work end what it is doing, then gives the lead back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.state = STOPPED;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.lead(signal);
      } catch (error) {
        this.fail(error);
      }
      await pause(STANDBY_MS, signal);
    }
  }

  private async lead(signal: AbortSignal): Promise<void> {
    const client = await this.led.pool.connect();
    let mayHaveWon = true;
    try {
      const { rows } = await client.query<{ won: boolean }>('select pg_try_advisory_lock($1) as won', [this.led.lock]);
      mayHaveWon = rows[0]?.won === true;
      if (!mayHaveWon) {
        // Somebody else answers for the work.
        this.state = { ...this.state, role: 'standby', trouble: null };
        return;
      }
      this.state = { ...this.state, role: 'leader' };
      await limitSilence(client, this.led.silenceLimitMs ?? SILENCE_LIMIT_MS);
      await this.led.work(client, signal, () => this.progress());
    } finally {
      // Closing the session is what gives the lock back, also after a failure half-way.
      client.release(mayHaveWon);
    }
  }

  private progress(): void {
    if (this.state.role === 'leader') {
      this.state = { role: 'leader', trouble: null, hasProgressed: true };
    }
  }

  private fail(error: unknown): void {
    if (this.stopping.signal.aborted) {
      return;
    }
    this.state = troubled(this.state, errorMessage(error), Date.now());
    this.led.onFailure(error);
  }
}

/** The session is closed when the lead ends, so the settings reach nobody else. */
async function limitSilence(client: PoolClient, milliseconds: number): Promise<void> {
  await client.query(
    `select set_config(name, $1, false)
    from unnest(array['idle_session_timeout', 'idle_in_transaction_session_timeout']) as name`,
    [`${milliseconds}ms`],
  );
}
