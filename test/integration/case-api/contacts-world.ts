import { newId } from '#libs/interaction';
import { createApiKey } from '#libs/testing';
import type { Pool } from 'pg';
import { aCaseWriter, type CaseWriter } from './case-writer.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import type { Answer } from './world.js';

export interface Identity {
  readonly id: string;
  readonly kind: string;
  readonly value: string;
  readonly [part: string]: unknown;
}

export interface Contact {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly identities: readonly Identity[];
  readonly merged_from: readonly string[];
  readonly version: number;
  readonly code: string;
  readonly [part: string]: unknown;
}

export interface ContactPage {
  readonly data: readonly Contact[];
  readonly page: { readonly next_cursor: string | null };
}

/** A contact as some transaction before has stored it. */
export interface StoredContact {
  readonly accountId?: string;
  readonly id?: string;
  readonly kind?: string;
  readonly name?: string | null;
  readonly company?: string | null;
  readonly blocked?: boolean;
  readonly mergedInto?: string | null;
  readonly updatedAt?: string | null;
  /** `kind:value`; `~` before one that it had once, `!` before one that another contact has. */
  readonly identities?: readonly string[];
}

/** The contacts of our account, through a key that may do everything with them, and clients that may do less. */
export async function aWorldOfContacts() {
  const writer: CaseWriter = await aCaseWriter();
  const { world } = writer;
  const { pool } = world.database;
  const keyOf = (name: string, scopes: readonly string[], accountId = OUR_ACCOUNT) =>
    createApiKey(pool, { accountId, name, scopes: [...scopes] });
  const key = await keyOf('people', ['contacts:admin', 'cases:write', 'impersonate']);
  const reader = await keyOf('people reader', ['contacts:read']);
  const theirs = await keyOf('people', ['contacts:admin', 'cases:admin'], OTHER_ACCOUNT);
  const send = <Body = Contact>(
    line: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> => world.send<Body>(line, { key, headers, ...(body === undefined ? {} : { body }) });
  const list = async (query = '', as = key) => (await world.get<ContactPage>(`/v1/contacts${query}`, { key: as })).body;
  return {
    ...{ writer, world, pool, key, reader, theirs, send, list },
    names: async (query = '', as = key) => (await list(query, as)).data.map(({ name }) => name),
    store: (...contacts: readonly StoredContact[]) => storeContacts(pool, contacts),
  };
}

export type ContactsWorld = Awaited<ReturnType<typeof aWorldOfContacts>>;

async function storeContacts(pool: Pool, contacts: readonly StoredContact[]): Promise<string[]> {
  const ids: string[] = [];
  for (const contact of contacts) {
    const { accountId = OUR_ACCOUNT, id = newId(), kind = 'person', name = null, company = null } = contact;
    const { blocked = false, mergedInto = null, updatedAt = null, identities = [] } = contact;
    await pool.query(
      `insert into contact (account_id, id, kind, name, company, blocked, merged_into, created_at, updated_at, is_heard)
       values ($1, $2, $3, $4, $5, $6, $7, '2026-03-01T00:00:00Z', $8, false)`,
      [accountId, id, kind, name, company, blocked, mergedInto, updatedAt],
    );
    for (const written of identities) {
      const [, mark, of, value] = /^([~!]?)(\w+):(.*)$/.exec(written) ?? [];
      await pool.query(
        `insert into contact_identity
           (account_id, kind, value, contact_id, value_raw, first_seen, is_former, is_held, is_shared)
         values ($1, $2, $3, $4, $3, '2026-03-01T00:00:00Z', $5, $6, $7)`,
        [accountId, of, value, id, mark === '~', mark !== '!', of !== 'email'],
      );
    }
    ids.push(id);
  }
  return ids;
}
