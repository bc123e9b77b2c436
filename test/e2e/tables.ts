import type { Pool } from 'pg';
import { openLedger, settle } from '#libs/case-ledger';
import { type Declaration, declareConfiguration } from '#libs/case-store';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { aResolution } from '#libs/testing';
import { sayWord } from '../say-word.js';
import { ACME } from './acme.js';

export interface CaseLine {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly category: string;
  readonly closed: boolean;
  readonly group: string;
  /** Mail address of the agent. */
  readonly assignee: string | null;
  readonly requester_id: string;
  readonly requester_kind: 'contact' | 'agent';
  /** Mail address of the contact or agent. */
  readonly requester: string;
  readonly requester_method: string;
  readonly requester_confidence: string;
  /** Whether the requester's address was ever proven. */
  readonly requester_verified: boolean;
  readonly submitter_kind: string;
  readonly interaction_count: number;
  readonly reopen_count: number;
  readonly follow_up_of_id: string | null;
  readonly merged_into_id: string | null;
  readonly version: number;
}

export interface InteractionLine {
  readonly id: string;
  readonly channel: string;
  readonly message_id: string;
  readonly case_id: string | null;
  readonly outcome: string;
  readonly visibility: string;
  readonly subject: string;
  readonly endpoints: number;
  /** What happened in a call, in order; of others nothing. */
  readonly moments: string[];
  /** Of its record: `forged_token` … */
  readonly flags: string[];
  readonly evidence: { readonly thread: Record<string, unknown>; readonly settled: Record<string, unknown> };
}

export interface EventLine {
  readonly seq: number;
  readonly kind: string;
  readonly fields: string[];
  readonly details: Record<string, unknown>;
}

/** What stands in the database, read with plain SQL. */
export interface Tables {
  /** Oldest first. */
  cases(): Promise<CaseLine[]>;
  /** The only case; throws when there is none or another. */
  theCase(): Promise<CaseLine>;
  interactions(): Promise<InteractionLine[]>;
  events(caseId: string): Promise<EventLine[]>;
  /** SHA-256 of the sounds of an interaction, in whichever form it has them. */
  soundsOf(interactionId: string): Promise<string[]>;
  /** What the only case says. */
  described(): Promise<string>;
  links(): Promise<{ from_case_id: string; to_case_id: string; kind: string }[]>;
  contacts(): Promise<{ name: string | null; address: string }[]>;
  deadLetters(): Promise<{ record_key: string | null; reason: string }[]>;
  /** Sets columns of a case, for states that a person brings about: `{ category: "'pending'" }` in SQL. */
  set(caseId: string, columns: Readonly<Record<string, string>>): Promise<void>;
  /** What waits for a person, by interaction. */
  suspended(): Promise<{ interaction_id: string; reason: string; state: string }[]>;
  /** As a person does over the API: how it ended. */
  resolve(caseId: string): Promise<string>;
  /** As a person does over the API; whether it waited. */
  release(interactionId: string): Promise<boolean>;
  /** Rows in the outbox. */
  waiting(): Promise<number>;
  /** Of every case and interaction. */
  ids(): Promise<ReadonlySet<string>>;
  clear(): Promise<void>;
}

const CASES = `
  select c.id, c.number::text, c.subject, c.category, c.closed_at is not null as closed, g.name as "group",
         a.email as assignee, c.requester_id, c.requester_kind, coalesce(r.email, i.value) as requester,
         c.requester_match ->> 'method' as requester_method, c.requester_match ->> 'confidence' as requester_confidence,
         i.verified_at is not null as requester_verified, c.submitter_kind, c.interaction_count, c.reopen_count,
         c.follow_up_of_id, c.merged_into_id, c.version
    from cases c
    join agent_group g on g.account_id = c.account_id and g.id = c.group_id
    left join agent a on a.account_id = c.account_id and a.id = c.assignee_id
    left join agent r on r.account_id = c.account_id and r.id = c.requester_id
    left join lateral (
      select value, verified_at from contact_identity
       where account_id = c.account_id and contact_id = c.requester_id
       order by kind, value limit 1
    ) i on true
   order by c.created_at, c.number`;
const INTERACTIONS = `
  select id, payload ->> 'channel' as channel, payload -> 'threadKeys' -> 0 ->> 'value' as message_id, case_id, outcome, visibility, subject,
         cardinality(endpoints) as endpoints, payload -> 'flags' as flags, decision as evidence,
         array(select moment ->> 'kind' from json_array_elements(payload #> '{details,moments}') as moment) as moments
    from interaction order by received_at, decided_at`;
const EVENTS = `
  select seq, kind, array(select change ->> 'field' from json_array_elements(changes) as change) as fields, details
    from case_event where case_id = $1 order by seq`;

export function readTables(pool: Pool, company: Declaration = ACME): Tables {
  const all = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => {
    return (await pool.query<Row>(text, values)).rows;
  };
  const cases = (): Promise<CaseLine[]> => all(CASES);
  return {
    cases,
    async theCase() {
      const [only, ...others] = await cases();
      if (only === undefined || others.length > 0) {
        throw new Error(`there are ${others.length + (only === undefined ? 0 : 1)} cases`);
      }
      return only;
    },
    interactions: () => all(INTERACTIONS),
    events: (caseId) => all(EVENTS, [caseId]),
    ...whatWasSaid(all),
    links: () => all('select from_case_id, to_case_id, kind from case_link'),
    contacts: () =>
      all(`select c.name, i.value as address from contact c
             join contact_identity i on i.account_id = c.account_id and i.contact_id = c.id`),
    deadLetters: () => all('select record_key, reason from dead_letter order by created_at, id'),
    async set(caseId, columns) {
      const assignments = Object.entries(columns).map(([column, value]) => `${column} = ${value}`);
      await pool.query(`update cases set ${assignments.join(', ')} where id = $1`, [caseId]);
    },
    suspended: () => all('select interaction_id, reason, state from quarantine order by suspended_at, interaction_id'),
    resolve: (caseId) => resolveCase(pool, caseId),
    release: (id) => sayWord(openLedger(pool, new Metrics()), id, 'released'),
    async waiting() {
      const [row] = await all<{ count: number }>('select count(*)::int as count from outbox');
      return row?.count ?? 0;
    },
    async ids() {
      const rows = await all<{ id: string }>('select id from cases union all select id from interaction');
      return new Set(rows.map((row) => row.id));
    },
    async clear() {
      await pool.query(`truncate callbar_event, callback, contact_choice, contact_fact, contact_merge, contact_reconsideration, contact_erasure, cases, case_mark, purged_case, told_overdue, comment, attachment, interaction, fact, case_event, case_link, legal_hold, thread_key, contact, contact_identity,
        outbox, dead_letter, unsent_record, assignment_wake, agent_presence, case_number_counter, quarantine, case_search, search_queue, repeated_content, unused_content,
        delivery, delivery_allowance`);
      await pool.query('update group_member set last_assigned_at = null');
      await declareConfiguration(pool, company);
    },
  };
}

async function resolveCase(pool: Pool, caseId: string): Promise<string> {
  const input = { kind: 'command', command: aResolution(caseId) } as const;
  const [settled] = await settle(openLedger(pool, new Metrics()), [{ accountId: defaultAccountId, inputs: [input] }]);
  return (settled?.known === true ? settled.answers.get(0)?.outcome : undefined) ?? 'nothing';
}

type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

function whatWasSaid(all: Query): Pick<Tables, 'soundsOf' | 'described'> {
  return {
    async soundsOf(id) {
      const [row] = await all<{ sounds: string[] }>(
        `select array_remove(array[payload -> 'content' -> 'attachments' -> 0 ->> 'sha256',
                  payload #>> '{details,recording,content,value,sha256}'], null) as sounds
           from interaction where id = $1`,
        [id],
      );
      return [...new Set(row?.sounds)];
    },
    async described() {
      const [row] = await all<{ description: string }>('select description from cases');
      return row?.description ?? '';
    },
  };
}
