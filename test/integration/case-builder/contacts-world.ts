import { recordsOf } from '#libs/case-ledger';
import { AccountDirectory, type OutboxRecord, readOutbox } from '#libs/case-store';
import { type ContactFact, CONTACT_STATE_TOPIC, contactFactRecord } from '#libs/interaction';
import { silentLogger } from '#libs/messaging';
import { aMail } from '#libs/testing';
import {
  reconsiderCases,
  type Reconsidering,
  reconsidering,
} from '../../../apps/case-builder/src/timers/reconsider-cases.js';
import { asHandedOver, testBuilder, type TestBuilder } from './builder.js';

/** A case-builder to which directories tell of contacts, and people write. */
export class ContactsWorld {
  /** What is warned of, as it is logged. */
  readonly warnings: object[] = [];
  /** By the clock of what is tried later. */
  milliseconds = 0;
  private offset = 0;
  private readonly reconsidering: Reconsidering;

  private constructor(readonly builder: TestBuilder) {
    const warn = (what: object) => void this.warnings.push(what);
    this.reconsidering = reconsidering(builder.dependencies.ledger, { ...silentLogger, warn }, () => this.milliseconds);
  }

  static async open(): Promise<ContactsWorld> {
    return new ContactsWorld(await testBuilder({}, 20, { directory: new AccountDirectory(0) }));
  }

  async rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.builder.database.pool.query<Row>(text, values)).rows;
  }

  /** One batch. */
  async tell(...facts: readonly ContactFact[]): Promise<void> {
    const first = this.offset;
    this.offset += facts.length;
    await this.builder.handleRecords(facts.map((fact, index) => asHandedOver(contactFactRecord(fact), first + index)));
  }

  /** A mail of its own; the case that was opened last. */
  async write(from: string): Promise<string> {
    this.offset += 1;
    const mail = aMail({ messageId: `m-${this.offset}@example.org`, from });
    await this.builder.handle([mail], { partition: 1, offset: this.offset });
    const [found] = await this.rows<{ id: string }>('select id from cases order by number desc limit 1');
    return found?.id ?? '';
  }

  async outcomes(): Promise<unknown[]> {
    const found = await this.rows<{ outcome: string; reason: string | null }>(
      'select outcome, reason from contact_fact order by decided_at, id',
    );
    return found.map(({ outcome, reason }) => [outcome, reason]);
  }

  reconsider(): Promise<number> {
    return reconsiderCases(this.reconsidering, new AbortController().signal);
  }

  requesters(): Promise<{ name: string; method: string; confidence: string }[]> {
    return this.rows(
      `select r.name, c.requester_match ->> 'method' as method, c.requester_match ->> 'confidence' as confidence
         from cases c join contact r on r.account_id = c.account_id and r.id = c.requester_id order by c.number`,
    );
  }

  persons(): Promise<{ id: string; name: string }[]> {
    return this.rows('select id, name from contact where merged_into is null');
  }

  /** What the relay would tell of contacts now, the last word about each. */
  async toldContacts(): Promise<Map<string, OutboxRecord>> {
    const waiting = await this.rows<{ id: string }>('select id from outbox order by id');
    const { pool } = this.builder.database;
    const entries = await readOutbox(
      pool,
      waiting.map(({ id }) => id),
    );
    const told = await recordsOf(pool, entries);
    return new Map(told.flatMap((one) => (one.topic === CONTACT_STATE_TOPIC ? [[one.key ?? '', one]] : [])));
  }
}
