import type { PoolClient } from 'pg';

/** Something that was written on a form. */
export interface Submission {
  readonly form: string;
  /** Of the interaction that it becomes. */
  readonly id: string;
  /** A keyed hash of where it came from. */
  readonly sender: Buffer;
}

export interface FormLimits {
  readonly ofSender: number;
  readonly ofForm: number;
}

/** Adds it where there is room, and says whether it is among those that were let through, now or before. */
export async function admitSubmission(
  client: PoolClient,
  accountId: string,
  { form, id, sender }: Submission,
  { ofSender, ofForm }: FormLimits,
): Promise<boolean> {
  const { rows } = await client.query<{ admitted: boolean }>({
    name: 'admit_submission',
    text: `
      with counted as (
        select count(*) as of_form, count(*) filter (where sender = $4) as of_sender,
          coalesce(bool_or(submission = $3), false) as known
        from form_submission
        where account_id = $1 and form = $2
      ), added as (
        insert into form_submission (account_id, form, submission, sender)
        select $1, $2, $3, $4 from counted where not known and of_form < $6 and of_sender < $5
        on conflict do nothing
        returning submission
      )
      select counted.known or exists (select submission from added) as admitted from counted`,
    values: [accountId, form, id, sender, ofSender, ofForm],
  });
  return rows[0]?.admitted === true;
}
