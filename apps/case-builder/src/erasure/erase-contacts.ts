import { scrubbed, type Traces, tracesOf } from '#libs/case-domain';
import { forgetContacts, type LedgerDependencies, settle, type Input } from '#libs/case-ledger';
import {
  type ContactErasure,
  endErasure,
  type ErasedPerson,
  eraseRecords,
  findLeftTraces,
  findUsedContents,
  findWaitingContents,
  type KeptOfPerson,
  listErasableCases,
  listErasableInteractions,
  listMentioningInteractions,
  listSubjects,
  loadErasure,
  loadErasedPerson,
  nextErasure,
  noteErased,
  type Queryable,
  redactDeliveriesOfContacts,
  rewriteMentioningInteractions,
} from '#libs/case-store';
import { CASE_BUILDER_GROUP, TOPICS } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { transaction } from '#libs/postgres';

const CHUNK = 100;

/** Who is erased, and where her request has come to. */
interface Run {
  readonly ledger: LedgerDependencies;
  readonly log: Pick<EventLog, 'removeRecords'>;
  readonly signal: AbortSignal;
  readonly erasure: ContactErasure;
  readonly person: ErasedPerson;
  readonly traces: Traces;
}

/**
 * Takes persons out of everything, the oldest request first; every step finds only what is left, so it goes on after a
 * crash where it was, and done twice it is done once:
 * 1. what she said and what was said to her; the bytes go when nothing else refers to them
 * 2. her cases, and those that say something of her
 * 3. what others said that mentions her; what they sent stays as it was sent, and is named
 * 4. records that belong to no case: dead letters, bodies of webhooks, the call bar, names of threads
 * 5. records of the log, where it removes single ones; else the day is named on which the last of them runs out
 * 6. a look through every table: what is found is named, and nothing is said to be gone that is not
 * 7. who she was, last, because everything else is found by it
 * Returns how many requests came to their end.
 */
export async function eraseContacts(
  ledger: LedgerDependencies,
  log: Pick<EventLog, 'removeRecords'>,
  signal: AbortSignal,
): Promise<number> {
  let ended = 0;
  while (!signal.aborted) {
    const erasure = await nextErasure(ledger.pool);
    if (erasure === null) {
      return ended;
    }
    const { contactIds, identities, knownBy } = await loadErasedPerson(
      ledger.pool,
      erasure.accountId,
      erasure.contactId,
    );
    const person = { accountId: erasure.accountId, contactIds, identities };
    const hasEnded = await eraseOne({ ledger, log, signal, erasure, person, traces: tracesOf(knownBy) });
    if (!hasEnded) {
      return ended;
    }
    ended += 1;
  }
  return ended;
}

/** False: content that was put lately is looked at again in some minutes. */
async function eraseOne(run: Run): Promise<boolean> {
  const { ledger, signal, erasure, person, traces } = run;
  const { pool } = ledger;
  // Each step reads all that the account has: not again and again while bytes wait for their time.
  if (await contentsWait(pool, erasure.contents)) {
    return false;
  }
  await eraseInteractions(run);
  await eraseCases(run);
  // Keys of other systems may be too short to be looked for in texts.
  await redactDeliveriesOfContacts(pool, erasure.accountId, person.identities);
  if (traces.unique !== null && !signal.aborted) {
    await eraseMentions(run, traces.unique);
    await noteErased(pool, erasure, { counts: { ...(await eraseRecords(pool, person, traces.unique)) } });
  }
  if (signal.aborted || !(await contentsAreGone(run))) {
    return false;
  }
  const isRemoved = await removeRecords(run);
  const mentions = traces.unique === null ? [] : await findLeftTraces(pool, erasure.accountId, traces.unique);
  await transaction(pool, async (client) => {
    await noteErased(client, erasure, {
      kept: [...mentions.map(mentioned), ...(isRemoved ? [] : runningOut(ledger.now()))],
    });
    // Whoever has to keep her cases has to keep who asked for them.
    if (!(await hasHeldCases(client, run))) {
      await forgetContacts(client, erasure.accountId, person.contactIds);
    }
    await endErasure(client, erasure);
  });
  return true;
}

/** False: this log removes no single record. */
async function removeRecords({ ledger, log, erasure, person, traces }: Run): Promise<boolean> {
  if (traces.unique === null || traces.own === null) {
    return true;
  }
  const subjects = await listSubjects(ledger.pool, person);
  const removal = { readBy: CASE_BUILDER_GROUP, says: traces.unique, subjects, subjectSays: traces.own };
  const removed = await log.removeRecords(removal);
  await noteErased(ledger.pool, erasure, { counts: { records: removed ?? 0 } });
  return removed !== null;
}

async function hasHeldCases(client: Queryable, { erasure }: Run): Promise<boolean> {
  const known = await loadErasure(client, erasure.accountId, erasure.id);
  return known?.kept.some((one) => one.kept_because === 'legal_hold') === true;
}

/** What others refer to as well stays, and is named. */
async function contentsAreGone({ ledger: { pool }, erasure }: Run): Promise<boolean> {
  const { contents = [] } = (await loadErasure(pool, erasure.accountId, erasure.id)) ?? {};
  if (await contentsWait(pool, contents)) {
    return false;
  }
  const used = contents.length === 0 ? [] : await findUsedContents(pool, contents);
  const kept = used.map((name): KeptOfPerson => ({ kind: 'content', name, kept_because: 'used_elsewhere' }));
  await noteErased(pool, erasure, { counts: { contents: contents.length - used.length }, kept });
  return true;
}

async function contentsWait(client: Queryable, contents: readonly string[]): Promise<boolean> {
  return contents.length > 0 && (await findWaitingContents(client, contents)).length > 0;
}

async function eraseInteractions(run: Run): Promise<void> {
  const { ledger, signal, erasure, person, traces } = run;
  const { accountId, id, contactId } = erasure;
  for (let after: string | null = null; !signal.aborted;) {
    const found = await listErasableInteractions(ledger.pool, person, after, CHUNK);
    const about = { id, contactId, contactIds: person.contactIds, traces };
    const inputs = found.map((one) => {
      return {
        kind: 'due',
        due: 'erase_interaction',
        erasure: about,
        interactionId: one.id,
        caseId: one.caseId,
      } as const;
    });
    const endings = await settleAll(ledger, accountId, inputs, signal);
    const gone = found.filter((_, index) => endings[index] === 'erased');
    const contents = [...new Set(gone.flatMap((one) => one.contents))];
    const kept = found.flatMap(({ caseId }, index) =>
      endings[index] === 'kept_by_legal_hold' && caseId ? [held(caseId)] : [],
    );
    await noteErased(ledger.pool, erasure, {
      counts: { interactions: gone.length },
      kept,
      contents,
    });
    after = found.at(-1)?.id ?? null;
    if (found.length < CHUNK) {
      return;
    }
  }
}

async function eraseCases({ ledger, signal, erasure, person, traces }: Run): Promise<void> {
  const { accountId, id } = erasure;
  const about = { id, contactIds: person.contactIds, traces };
  for (let after: string | null = null; !signal.aborted;) {
    const found = await listErasableCases(ledger.pool, person, { erasureId: id, pattern: traces.unique }, after, CHUNK);
    const inputs = found.map((caseId) => ({ kind: 'due', due: 'erase_case', erasure: about, caseId }) as const);
    const endings = await settleAll(ledger, accountId, inputs, signal);
    const kept = found.filter((_, index) => endings[index] === 'kept_by_legal_hold').map(held);
    const cases = endings.filter((ending) => ending === 'erased').length;
    await noteErased(ledger.pool, erasure, { counts: { cases }, kept });
    after = found.at(-1) ?? null;
    if (found.length < CHUNK) {
      return;
    }
  }
}

async function eraseMentions({ ledger, signal, erasure }: Run, pattern: string): Promise<void> {
  for (let after: string | null = null; !signal.aborted;) {
    const found = await listMentioningInteractions(ledger.pool, erasure.accountId, pattern, after, CHUNK);
    const rewritten = found.map(({ id, revision, payload, decision }) => {
      const left = scrubbed({ payload, decision }, pattern);
      const { content } = left.payload as { content?: { subject?: string } };
      return { id, revision, ...left, subject: content?.subject ?? '' };
    });
    await rewriteMentioningInteractions(ledger.pool, erasure.accountId, rewritten);
    const contents = found.flatMap((one) => one.contents);
    const kept = contents.map((name): KeptOfPerson => ({ kind: 'content', name, kept_because: 'used_elsewhere' }));
    await noteErased(ledger.pool, erasure, { counts: { mentions: found.length }, kept });
    after = found.at(-1)?.id ?? null;
    if (found.length < CHUNK) {
      return;
    }
  }
}

async function settleAll(
  ledger: LedgerDependencies,
  accountId: string,
  inputs: readonly Input[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (inputs.length === 0) {
    return [];
  }
  const [settlement] = await settle(ledger, [{ accountId, inputs }], { signal });
  return settlement?.known === true ? settlement.endings : [];
}

function held(caseId: string): KeptOfPerson {
  return { kind: 'case', name: caseId, kept_because: 'legal_hold' };
}

function mentioned({ table, rows }: { readonly table: string; readonly rows: number }): KeptOfPerson {
  return { kind: 'rows', name: table, kept_because: 'mentioned', rows };
}

/** No record is taken out of a topic: what was told before runs out by itself. */
function runningOut(now: Date): KeptOfPerson[] {
  return TOPICS.flatMap(({ name, retentionMs }): KeptOfPerson[] => {
    const until = new Date(now.getTime() + (retentionMs ?? 0)).toISOString().slice(0, 10);
    return retentionMs === null ? [] : [{ kind: 'topic', name, kept_because: 'retention', until }];
  });
}
