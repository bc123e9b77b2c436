import { type CaseErasure, REDACTED_TEXT, scrubbed } from '#libs/case-domain';
import {
  deleteSearchTexts,
  eraseComments,
  eraseFileNames,
  type EventWords,
  loadAnswersNaming,
  loadEventWords,
  type Queryable,
  redactCommentEvents,
  rewriteAnswers,
  rewriteEventWords,
} from '#libs/case-store';

const EVENTS_AT_ONCE = 500;
/** Of a case that she asked for: what it was about, and what she was called. */
const WORDS = new Set(['subject', 'description']);
const NOBODY = { name: null, email: null, phone: null };

/**
 * Takes a person out of what hangs on cases; the caller's transaction may change closed ones:
 * 1. what was said to her and by her, and notes that mention her
 * 2. the history, so that it goes on adding up to the case
 * 3. names of files, what search knows the case by (it is indexed anew), answers that are kept for repetitions
 */
export async function eraseInCases(
  client: Queryable,
  accountId: string,
  erasures: readonly CaseErasure[],
): Promise<void> {
  for (const erasure of erasures) {
    const { caseId, isHers, traces } = erasure;
    const pattern = isHers ? traces.own : traces.unique;
    const comments = await eraseComments(client, accountId, { caseId, isHers, pattern });
    if (comments.length > 0) {
      await redactCommentEvents(
        client,
        accountId,
        comments.map((id) => ({ id, caseId })),
      );
    }
    await rewriteHistory(client, accountId, erasure, pattern);
    await eraseFileNames(client, accountId, caseId, pattern);
  }
  const caseIds = erasures.map(({ caseId }) => caseId);
  await deleteSearchTexts(client, accountId, caseIds);
  await eraseAnswers(client, accountId, erasures);
}

async function rewriteHistory(
  client: Queryable,
  accountId: string,
  { caseId, isHers }: CaseErasure,
  pattern: string | null,
): Promise<void> {
  let events: readonly EventWords[];
  let after = 0;
  do {
    events = await loadEventWords(client, accountId, caseId, after, EVENTS_AT_ONCE);
    after = events.at(-1)?.seq ?? after;
    const rewritten = events.map((event) => withoutPerson(event, isHers, pattern));
    const changed = rewritten.filter((event, index) => JSON.stringify(event) !== JSON.stringify(events[index]));
    if (changed.length > 0) {
      await rewriteEventWords(client, accountId, changed);
    }
  } while (events.length === EVENTS_AT_ONCE);
}

function withoutPerson(event: EventWords, isHers: boolean, pattern: string | null): EventWords {
  const changes = event.changes.map(({ field, from, to }) => {
    const said = (value: unknown): unknown => (isHers ? withoutWords(field, value) : value);
    return { field, from: scrubbed(said(from), pattern), to: scrubbed(said(to), pattern) };
  });
  return { ...event, changes, details: scrubbed(event.details, pattern) };
}

function withoutWords(field: string, value: unknown): unknown {
  if (value === null || value === '') {
    return value;
  }
  return field === 'supplied' ? NOBODY : WORDS.has(field) ? REDACTED_TEXT : value;
}

/** Members of answers that say what somebody wrote or is called. */
const SAID = new Set(['subject', 'description', 'title', 'body_text', 'body_html', 'text', 'resolution']);

async function eraseAnswers(client: Queryable, accountId: string, erasures: readonly CaseErasure[]): Promise<void> {
  for (const { caseId, isHers, traces } of erasures) {
    const answers = await loadAnswersNaming(client, accountId, [caseId]);
    const pattern = isHers ? traces.own : traces.unique;
    const erased = answers.map((answer) => {
      const body = JSON.parse(answer.body) as unknown;
      return { ...answer, body: JSON.stringify(scrubbed(isHers ? unsaid(body) : body, pattern)) };
    });
    if (erased.length > 0) {
      await rewriteAnswers(client, accountId, erased);
    }
  }
}

function unsaid(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unsaid);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'supplied' ? null : SAID.has(name) && typeof inner === 'string' ? REDACTED_TEXT : unsaid(inner),
    ]),
  );
}
