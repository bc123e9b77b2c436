import type { Pool } from 'pg';
import { transaction } from '#libs/postgres';
import { admitSubmission, type FormLimits, type Submission } from './sql/admit-submission.js';
import { forgetSubmissions } from './sql/forget-submissions.js';
import { lockForm } from './sql/lock-form.js';

/** What is let through of one sender and of one form within 60 minutes, over all processes (channels.md D). */
export const FORM_LIMITS: FormLimits = { ofSender: 5, ofForm: 200 };

/** Counts what forms are sent. */
export interface FormAllowance {
  /** Whether it is let through by itself; the same asked again is answered as before. Rejects when nobody can count. */
  admits(submission: Submission): Promise<boolean>;
}

/** Counts in PostgreSQL. Of what is not let through nothing is kept: a flood costs no row. */
export function postgresFormAllowance(pool: Pool, accountId: string, limits: FormLimits = FORM_LIMITS): FormAllowance {
  return {
    admits: (submission) =>
      transaction(pool, async (client) => {
        await lockForm(client, accountId, submission.form);
        await forgetSubmissions(client, accountId, submission.form);
        return admitSubmission(client, accountId, submission, limits);
      }),
  };
}
