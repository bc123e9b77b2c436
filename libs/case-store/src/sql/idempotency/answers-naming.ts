import { textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** The body of a kept answer, and under which key it is kept. */
export interface KeptBody {
  readonly clientId: string;
  readonly key: string;
  /** JSON text. */
  readonly body: string;
}

/** The kept answers of an account that say one of the ids somewhere, locked. All answers of its day are read. */
export async function loadAnswersNaming(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<KeptBody[]> {
  return rowsOf<KeptBody>(client, {
    name: 'load_answers_naming',
    text: `
      select client_id as "clientId", key, body
      from idempotency_key
      where account_id = $1 and body is not null
        and exists (select 1 from unnest($2::text[]) as given (id) where position(given.id in body) > 0)
      for update`,
    values: [accountId, textArray(ids)],
  });
}

/** Has repetitions answered with other bodies. */
export async function rewriteAnswers(
  client: Queryable,
  accountId: string,
  answers: readonly KeptBody[],
): Promise<void> {
  await client.query({
    name: 'rewrite_answers',
    text: `
      update idempotency_key k
      set body = given.body
      from unnest($2::uuid[], $3::text[], $4::text[]) as given (client_id, key, body)
      where k.account_id = $1 and k.client_id = given.client_id and k.key = given.key`,
    values: [
      accountId,
      answers.map(({ clientId }) => clientId),
      answers.map(({ key }) => key),
      answers.map(({ body }) => body),
    ],
  });
}
