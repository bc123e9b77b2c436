import { type InteractionRedaction, REDACTED_TEXT } from '#libs/case-domain';
import {
  blankCallbacks,
  deleteChoices,
  deleteSearchTexts,
  loadAnswersNaming,
  type Queryable,
  redactCopiedWords,
  redactDeadLetters,
  redactDeliveries,
  redactInteractions,
  redactMergeNotes,
  redactPresses,
  redactUnsentRecords,
  rewriteAnswers,
  suspectContents,
} from '#libs/case-store';
import { answerWithout, type Taken } from './redact-answer.js';

/**
 * Takes away what interactions said, wherever the tables have it; the caller's transaction may change closed cases:
 * 1. the rows; what they referred to in the blob store is looked at by a timer, and deleted when nothing else does
 * 2. words that the cases which they opened have copied, in their histories, and in notes of merges
 * 3. what search knows these cases by; they are told anew, and indexed again then
 * 4. answers that are kept for repetitions, dead letters, records that no topic could hold, and the requests that told of them
 * 5. what agents said of them in the call bar, whom they chose for their numbers, and which they wanted to call back
 */
export async function redactAllOf(
  client: Queryable,
  accountId: string,
  redactions: readonly InteractionRedaction[],
): Promise<void> {
  await redactInteractions(client, accountId, redactions);
  await suspectContents(
    client,
    redactions.flatMap(({ contents }) => contents),
  );
  const copied = redactions.flatMap(({ copies }) => copies ?? []);
  for (const copies of copied) {
    await redactCopiedWords(client, accountId, copies, REDACTED_TEXT);
    if (copies.mainId !== null && copies.subject !== '') {
      await redactMergeNotes(client, accountId, copies, REDACTED_TEXT);
    }
  }
  const caseIds = copied.map(({ caseId }) => caseId);
  await deleteSearchTexts(client, accountId, caseIds);
  const ids = redactions.map(({ id }) => id);
  await redactAnswers(client, accountId, [...ids, ...caseIds], { interactions: new Set(ids), copied });
  await redactDeadLetters(client, ids);
  await redactUnsentRecords(client, ids);
  await redactDeliveries(client, accountId, ids);
  await deleteChoices(client, accountId, ids);
  await blankCallbacks(client, accountId, ids);
  await redactPresses(client, accountId, ids);
}

async function redactAnswers(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
  taken: Taken,
): Promise<void> {
  const answers = await loadAnswersNaming(client, accountId, ids);
  const redacted = answers.map((answer) => ({ ...answer, body: answerWithout(answer.body, taken) }));
  const changed = redacted.filter(({ body }, index) => body !== answers[index]?.body);
  if (changed.length > 0) {
    await rewriteAnswers(client, accountId, changed);
  }
}
