import type { Pool } from 'pg';
import { derivedEventId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import type { Random } from '../faults/random.js';

/** A case as far as a person sees it who changes it. */
interface SeenCase {
  readonly id: string;
  readonly version: number;
  readonly category: string;
  readonly status_id: string;
  readonly assignee_id: string | null;
  readonly updated_at: Date;
}

interface Change {
  readonly kind: string;
  /** Columns and what they become. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/**
 * What people do with cases between the batches. There is no command for it, so the rows are written as a command would:
 * the case, its event, and the name of the event in the outbox. It knows the tables and no module of the write path.
 */
export class Hands {
  private statuses = new Map<string, string>();
  private agents: string[] = [];

  constructor(
    private readonly pool: Pool,
    private readonly random: Random,
  ) {}

  async prepare(): Promise<void> {
    const statuses = await this.rows<{ id: string; category: string }>('select id, category from case_status');
    this.statuses = new Map(statuses.map(({ id, category }) => [category, id]));
    this.agents = (await this.rows<{ id: string }>('select id from agent where active order by email')).map(
      ({ id }) => id,
    );
  }

  /** Changes about so many cases, and now and then what is known of a contact. */
  async work(count: number, at: Date): Promise<void> {
    const seen = await this.rows<SeenCase>(
      `select id, version, category, status_id, assignee_id, updated_at from cases
       where closed_at is null and deleted_at is null order by number`,
    );
    for (let done = 0; done < count && seen.length > 0; done += 1) {
      const [one] = seen.splice(this.random.below(seen.length), 1) as [SeenCase];
      await this.change(one, at);
    }
    if (this.random.below(5) === 0) {
      await this.judge();
    }
  }

  private async change(seen: SeenCase, at: Date): Promise<void> {
    const which = this.random.below(20);
    if (which === 0) {
      await this.pool.query('update cases set deleted_at = $2 where id = $1', [seen.id, at]);
      return;
    }
    const change = this.changeOf(seen, which, at);
    if (change !== null) {
      await this.write(seen, change, at);
    }
  }

  private changeOf({ category, assignee_id }: SeenCase, which: number, at: Date): Change | null {
    const status = (name: string) => ({ category: name, status_id: this.statuses.get(name) ?? null });
    if (category !== 'resolved' && which < 13) {
      const resolution_source = assignee_id === null ? 'automation' : 'agent';
      const columns = {
        ...status('resolved'),
        resolved_at: at,
        resolution: 'A new lamp is on its way.',
        resolution_source,
      };
      return { kind: 'resolved', columns };
    }
    if (category === 'new') {
      const columns = { ...status('open'), assignee_id: this.random.oneOf(this.agents) };
      return { kind: 'assigned', columns };
    }
    const waits = which < 18 ? 'pending' : 'on_hold';
    return category === 'open' ? { kind: 'status_changed', columns: status(waits) } : null;
  }

  private async write(seen: SeenCase, { kind, columns }: Change, at: Date): Promise<void> {
    const version = seen.version + 1;
    const set = { ...columns, version, updated_at: at };
    const before: Readonly<Record<string, unknown>> = { ...seen };
    const names = Object.keys(set);
    await this.pool.query(
      `update cases set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
      [seen.id, ...Object.values(set)],
    );
    const changes = Object.entries(set).map(([name, to]) => ({ field: fieldOf(name), from: before[name] ?? null, to }));
    await this.pool.query(
      `insert into case_event (account_id, case_id, seq, id, kind, occurred_at, recorded_at, actor, changes, details)
       values ($1, $2, $3, $4, $5, $6, $6, $7, $8, '{}')`,
      [
        defaultAccountId,
        seen.id,
        version,
        derivedEventId(seen.id, `${version}`),
        kind,
        at,
        JSON.stringify({ kind: 'agent', id: this.random.oneOf(this.agents) }),
        JSON.stringify(changes),
      ],
    );
    await this.pool.query(
      `insert into outbox (account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs)
       values ($1, 2, 2000, '{}', array[$2::uuid], array[$3::int])`,
      [defaultAccountId, seen.id, version],
    );
  }

  /** A contact is blocked, or an address turns out to be several people's. */
  private async judge(): Promise<void> {
    const known = await this.rows<{ value: string }>(
      `select value from contact_identity where not is_shared and kind = 'email' order by value`,
    );
    if (known.length === 0) {
      return;
    }
    const { value } = this.random.oneOf(known);
    const statement =
      this.random.below(2) === 0
        ? 'update contact_identity set is_shared = true, said_shared = true where value = $1'
        : 'update contact set blocked = true where id in (select contact_id from contact_identity where value = $1)';
    await this.pool.query(statement, [value]);
  }

  private async rows<Row extends object>(text: string): Promise<Row[]> {
    return (await this.pool.query<Row>(text)).rows;
  }
}

function fieldOf(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
