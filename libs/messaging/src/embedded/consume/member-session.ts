import pg, { type Client } from 'pg';

import { toError } from '../../errors.js';
import type { EmbeddedTimes } from '../embedded-log-options.js';
import { beatMember } from '../sql/members/beat-member.js';
import { deleteMember } from '../sql/members/delete-member.js';
import { insertOffsets, type OffsetRow } from '../sql/offsets/insert-offsets.js';
import { registerMember } from '../sql/members/register-member.js';
import { removeSilentMembers } from '../sql/members/remove-silent-members.js';
import { sharePartitions } from './share-partitions.js';

export interface MemberSessionOptions {
  readonly connectionString: string;
  readonly group: string;
  readonly topicIds: readonly number[];
  readonly times: EmbeddedTimes;
}

/** A query of a session is tiny; one without an answer for so long means that the connection is dead. */
const QUERY_LIMIT_MS = 10_000;

/**
 * One member of a group: a database session of its own. The session's life is the ownership. When it ends, for
 * whatever reason, all locks are free and nothing more can be committed through it.
 */
export class MemberSession {
  /** Aborted when the session has ended; what is read must then be left to others. */
  readonly lost: AbortSignal;
  private readonly losing = new AbortController();
  private number = 0;
  private partitions: OffsetRow[] = [];
  private last: Promise<unknown> = Promise.resolve();

  /** Rejects when the database cannot be reached. */
  static async open(options: MemberSessionOptions): Promise<MemberSession> {
    const client = new pg.Client({
      connectionString: options.connectionString,
      application_name: `casewright-log-${options.group}`,
      keepAlive: true,
      connectionTimeoutMillis: QUERY_LIMIT_MS,
      query_timeout: QUERY_LIMIT_MS,
    });
    const session = new MemberSession(client, options);
    try {
      await client.connect();
      await session.join();
      return session;
    } catch (error) {
      session.lose();
      throw error;
    }
  }

  private constructor(
    private readonly client: Client,
    private readonly options: MemberSessionOptions,
  ) {
    this.lost = this.losing.signal;
    client.on('error', () => this.lose());
    client.on('end', () => this.lose());
  }

  /** Runs statements on the session, one caller after another. */
  run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const result = this.last.then(() => work(this.client));
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Shows that we live; resolves the partitions that are ours to read. A failure ends the session. */
  async beat(): Promise<OffsetRow[]> {
    const { group, times } = this.options;
    try {
      const members = await this.run(async (client) => {
        await removeSilentMembers(client, group, times.silenceLimitMs);
        return beatMember(client, group, this.number, times.silenceLimitMs);
      });
      if (!members.some(({ number }) => number === this.number)) {
        throw new Error('The group has forgotten this member');
      }
      return sharePartitions(this.partitions, members, this.number);
    } catch (error) {
      this.lose();
      throw error;
    }
  }

  /** Leaves in order. */
  async leave(): Promise<void> {
    if (!this.lost.aborted) {
      await this.run((client) => deleteMember(client, this.number)).catch(() => undefined);
    }
    this.lose();
  }

  private async join(): Promise<void> {
    const { group, topicIds } = this.options;
    // An offset that is lost with the server is only a batch that comes again; no need to wait for the disk.
    await this.client.query('set synchronous_commit = off');
    this.partitions = await insertOffsets(this.client, group, topicIds);
    this.number = await registerMember(this.client, group, topicIds);
  }

  private lose(): void {
    if (!this.losing.signal.aborted) {
      this.losing.abort(toError('The session of the log has ended'));
      void this.client.end().catch(() => undefined);
    }
  }
}
