import { rowsOf, type Queryable } from '../../queryable.js';
import { SELECT_DELIVERIES, type DeliveryState, type DeliveryView } from './delivery-view.js';

/** What a list is narrowed by; null: by nothing. */
export interface DeliveryFilter {
  /** `provider/key`. */
  readonly connection: string | null;
  readonly verdicts: readonly string[] | null;
  /** At least one of its interactions is in one of these; what was verified and tells of none is `recorded`. */
  readonly states: readonly DeliveryState[] | null;
  /** ISO 8601. */
  readonly since: string | null;
}

/** Requests, newest first. */
export async function listDeliveries(
  client: Queryable,
  accountId: string,
  { connection, verdicts, states, since }: DeliveryFilter,
  page: { readonly limit: number; readonly before: string | null },
): Promise<DeliveryView[]> {
  return rowsOf<DeliveryView>(client, {
    text: `${SELECT_DELIVERIES()}
      where d.account_id = $1
        ${connection === null ? 'and $2::text is null' : 'and d.connection = $2'}
        ${isAboutOthers(verdicts) ? `and d.verdict <> 'verified'` : ''}
        and ($3::text[] is null or d.verdict = any ($3))
        and ($4::text[] is null or became.states && $4
          or (d.verdict = 'verified' and d.interaction_ids = '{}' and 'recorded' = any ($4)))
        and d.id >= $5::uuid and d.received_at >= $6::timestamptz
        and ($7::uuid is null or d.id < $7)
      order by d.id desc
      limit $8`,
    values: [accountId, connection, verdicts, states, firstIdAt(since), since ?? '-infinity', page.before, page.limit],
  });
}

/** Said in the words of the index that has only these. */
function isAboutOthers(verdicts: readonly string[] | null): boolean {
  return verdicts !== null && !verdicts.includes('verified');
}

/** An id is made before the moment of receipt is read, or behind it; clocks of processes differ more. */
const SLACK_MS = 60_000;

/** The lowest UUIDv7 (RFC 9562 §5.7) of a moment, so that nothing older is looked at. */
function firstIdAt(since: string | null): string {
  const milliseconds = since === null ? 0 : Math.max(0, Date.parse(since) - SLACK_MS);
  const digits = Math.min(milliseconds, 0xffff_ffff_ffff).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
