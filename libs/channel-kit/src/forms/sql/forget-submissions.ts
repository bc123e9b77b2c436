import type { PoolClient } from 'pg';

/** Forgets what a form was sent more than an hour ago. */
export async function forgetSubmissions(client: PoolClient, accountId: string, form: string): Promise<void> {
  await client.query({
    name: 'forget_submissions',
    text: `
      delete from form_submission
      where account_id = $1 and form = $2 and admitted_at < clock_timestamp() - interval '1 hour'`,
    values: [accountId, form],
  });
}
