import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';
import { KEPT_OF_PRESS, TAKE_WORDS } from '../callbar/redact-presses.js';
import type { ErasedPerson } from './erasable-interactions.js';

/** How many rows of each kind a person was taken out of. */
export interface ErasedRecords {
  /** With the records that no topic could hold. */
  readonly dead_letters: number;
  readonly webhook_bodies: number;
  readonly call_bar_events: number;
  readonly callbacks: number;
  readonly contact_choices: number;
  readonly thread_names: number;
  readonly quarantine: number;
  readonly idempotency_answers: number;
}

/**
 * Takes a person out of what belongs to no case: waiting and settled dead letters, records that no topic could hold, bodies of webhooks, what was pressed
 * in the call bar, names of threads, notes, kept answers. `pattern`: by what she alone is found.
 */
export async function eraseRecords(
  client: Queryable,
  { accountId, identities }: ErasedPerson,
  pattern: string,
): Promise<ErasedRecords> {
  const run = async (name: string, text: string, values: unknown[]): Promise<number> => {
    return (await client.query({ name, text, values })).rowCount ?? 0;
  };
  const here = [accountId, pattern];
  const letters = await run('erase_dead_letters', DEAD_LETTERS, here);
  return {
    dead_letters: letters + (await run('erase_unsent_records', UNSENT, here)),
    webhook_bodies: await run('erase_deliveries', DELIVERIES, here),
    call_bar_events: await run('erase_presses', PRESSES, [accountId, plainArray(KEPT_OF_PRESS), pattern]),
    callbacks: await run('erase_callbacks', CALLBACKS, here),
    contact_choices: await run('erase_choices', CHOICES, [accountId, textArray(identities)]),
    thread_names: await run('erase_thread_names', THREADS, here),
    quarantine: await run('erase_notes', NOTES, here),
    idempotency_answers: await run('erase_kept_answers', ANSWERS, here),
  };
}

/** Bytes that are no text are looked through as they are escaped; what UTF-16 puts between letters is taken out. */
const DEAD_LETTERS = `
  update dead_letter
  set record_value = null, record_key = null, record_headers = '{}', message = reason,
    state = case when state = 'waiting' then 'discarded' else state end, settled_at = coalesce(settled_at, now())
  where (account_id = $1 or account_id is null) and (
    replace(encode(coalesce(record_value, ''), 'escape'), '\\000', '') ~* $2
    or concat_ws(E'\\n', record_key, record_headers, message) ~* $2
  )`;

const UNSENT = `
  delete from unsent_record
  where (account_id = $1 or account_id is null) and (
    replace(encode(coalesce(record_value, ''), 'escape'), '\\000', '') ~* $2
    or concat_ws(E'\\n', record_key, record_headers, reason) ~* $2
  )`;

const DELIVERIES = `
  update delivery
  set body = null, beginning = null, facts = '[]', event_ids = '{}', signed_address = null, redacted_at = now()
  where account_id = $1 and redacted_at is null
    and concat_ws(E'\\n', body, beginning, facts, event_ids, signed_address, reason) ~* $2`;

const PRESSES = `
  update callbar_event e
  ${TAKE_WORDS}
  where e.account_id = $1 and e.event::text ~* $3`;

const CALLBACKS = 'update callback set number = null where account_id = $1 and number ~* $2';

const CHOICES = `delete from contact_choice where account_id = $1 and 'phone:' || number = any ($2::text[])`;

const THREADS = 'delete from thread_key where account_id = $1 and value ~* $2';

const NOTES = 'update quarantine set note = null where account_id = $1 and note ~* $2';

/** Whoever repeats the request is answered that it was done, and not what it said. */
const ANSWERS = `
  update idempotency_key set body = '{"erased":true}', headers = '{"content-type":"application/json"}'
  where account_id = $1 and (body ~* $2 or headers::text ~* $2)`;
