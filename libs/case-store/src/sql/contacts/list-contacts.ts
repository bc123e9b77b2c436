import type { ContactKind } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';
import type { Bind, Further } from '../../statement.js';
import { CHANGED_AT, contactViewsOf, type ContactView, selectContactsFrom, SHOWN } from './contact-view.js';

/** Orders of a list of contacts; `-` is the latest first. */
export const CONTACT_SORTS = ['-created_at', 'created_at', 'updated_at', '-updated_at'] as const;
export type ContactSort = (typeof CONTACT_SORTS)[number];

/** What a list of contacts is narrowed by; absent fields do not narrow. Lists mean any of their values. */
export interface ContactFilter {
  readonly kinds?: readonly Exclude<ContactKind, 'anonymous'>[];
  readonly blocked?: boolean;
  /** Normalised, as identities are stored; former ones count. */
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  /** `integration:externalId`. */
  readonly externals?: readonly string[];
  /** Inclusive. ISO 8601. */
  readonly updatedFrom?: string;
  /** Exclusive. ISO 8601. */
  readonly updatedTo?: string;
}

/** A page of a list: at most `limit` contacts behind a position. */
export interface ContactPage {
  readonly sort: ContactSort;
  readonly limit: number;
  /** Empty at the beginning. */
  readonly position: readonly string[];
}

/** Where a contact stands in an order. Ids sort as contacts were made, so they alone are that position. */
export function contactPositionOf(sort: ContactSort, { id, updatedAt }: ContactView): readonly string[] {
  return sort === '-created_at' || sort === 'created_at' ? [id] : [updatedAt.toISOString(), id];
}

/** Contacts of an account in an order, behind a position: no throw-away ones, and none that live on in others. */
export async function listContacts(
  client: Queryable,
  accountId: string,
  filter: ContactFilter,
  { sort, limit, position }: ContactPage,
  further: Further | null = null,
): Promise<ContactView[]> {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const account = bind(accountId);
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const columns = sort.endsWith('created_at') ? ['c.id'] : [CHANGED_AT, 'c.id'];
  const conditions = [
    `c.account_id = ${account}`,
    SHOWN,
    ...conditionsOf(filter, account, bind),
    ...(further === null ? [] : [further.condition(bind, account)]),
    ...behind(columns, direction, position, bind),
  ];
  const order = columns.map((column) => `${column} ${direction}`).join(', ');
  const text = `${selectContactsFrom('contact')} where ${conditions.join(' and ')} order by ${order} limit ${bind(limit)}`;
  const { rows } = await client.query<Parameters<typeof contactViewsOf>[2][number]>(text, values);
  return contactViewsOf(client, accountId, rows);
}

function behind(
  columns: readonly string[],
  direction: 'asc' | 'desc',
  position: readonly string[],
  bind: Bind,
): string[] {
  if (position.length === 0) {
    return [];
  }
  const sign = direction === 'asc' ? '>' : '<';
  const place = position.map(
    (value, index) => `${bind(value)}::${index === position.length - 1 ? 'uuid' : 'timestamptz'}`,
  );
  return [`(${columns.join(', ')}) ${sign} (${place.join(', ')})`];
}

function conditionsOf(filter: ContactFilter, account: string, bind: Bind): string[] {
  const { kinds, blocked, emails, phones, externals, updatedFrom, updatedTo } = filter;
  return [
    // In words of their indexes.
    ...(kinds === undefined ? [] : [anyOf(kinds.map((kind) => `c.kind = '${kind}'`))]),
    ...(blocked === undefined ? [] : [blocked ? 'c.blocked' : 'not c.blocked']),
    ...(emails === undefined ? [] : [bears('email', emails, account, bind)]),
    ...(phones === undefined ? [] : [bears('phone', phones, account, bind)]),
    ...(externals === undefined ? [] : [bears('external', externals, account, bind)]),
    ...(updatedFrom === undefined ? [] : [`${CHANGED_AT} >= ${bind(updatedFrom)}::timestamptz`]),
    ...(updatedTo === undefined ? [] : [`${CHANGED_AT} < ${bind(updatedTo)}::timestamptz`]),
  ];
}

const anyOf = (conditions: readonly string[]): string => `(${conditions.join(' or ') || 'false'})`;

/** Whoever has one of the identities, or lives on with one that has. */
function bears(kind: string, names: readonly string[], account: string, bind: Bind): string {
  return `c.id = any(array(
    select coalesce(m.merged_into, m.id)
    from contact_identity i
    join contact m on m.account_id = i.account_id and m.id = i.contact_id
    where i.account_id = ${account} and i.kind = '${kind}' and i.value = any(${bind(names)}::text[]) and i.is_held
  ))`;
}
