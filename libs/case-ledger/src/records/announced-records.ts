import { applyChange, fold, legalHoldAfter, NAMELESS, type ShownCase } from '#libs/case-domain';
import {
  type AnnouncedEvent,
  type EventName,
  loadAnnouncedCases,
  loadAnnouncedEvents,
  loadAnnouncedInteractions,
  loadCaseNames,
  loadHistory,
  type OutboxEntry,
  type OutboxRecord,
  type Queryable,
} from '#libs/case-store';
import { caseEventRecord, caseStateRecord, type ToldChange } from './case-records.js';
import { contactRecordsOf } from './contact-records.js';
import { decidedRecord } from './decided-records.js';

/**
 * The records that announcements amount to:
 * 1. one per event, with the case right after it
 * 2. one per case, with its latest state; it is read now, so a later record never shows an earlier state
 * 3. one per interaction, with what was decided
 * 4. one per contact, with its latest state, read now as well
 * 5. what no row holds, as it was left
 */
export async function recordsOf(client: Queryable, entries: readonly OutboxEntry[]): Promise<OutboxRecord[]> {
  const records: OutboxRecord[] = [];
  for (const [accountId, own] of byAccount(entries)) {
    const events = own.flatMap((entry) => entry.events);
    const interactionIds = own.flatMap((entry) => entry.interactionIds);
    records.push(...(await recordsOfAccount(client, accountId, events, interactionIds)));
    records.push(
      ...(await contactRecordsOf(
        client,
        accountId,
        own.flatMap((entry) => entry.contactIds),
      )),
    );
  }
  return [...records, ...entries.flatMap((entry) => entry.records)];
}

function byAccount(entries: readonly OutboxEntry[]): Map<string, OutboxEntry[]> {
  const accounts = new Map<string, OutboxEntry[]>();
  for (const entry of entries) {
    if (entry.accountId !== null) {
      accounts.set(entry.accountId, [...(accounts.get(entry.accountId) ?? []), entry]);
    }
  }
  return accounts;
}

async function recordsOfAccount(
  client: Queryable,
  accountId: string,
  changes: readonly EventName[],
  interactionIds: readonly string[],
): Promise<OutboxRecord[]> {
  const events = changes.length === 0 ? [] : await loadAnnouncedEvents(client, accountId, changes);
  const interactions =
    interactionIds.length === 0 ? [] : await loadAnnouncedInteractions(client, accountId, interactionIds);
  const changed = new Set(events.map((event) => event.caseId));
  const named = new Set([...changed, ...interactions.flatMap(({ caseId }) => caseId ?? [])]);
  const loaded = named.size === 0 ? [] : await loadAnnouncedCases(client, accountId, [...named]);
  const cases = new Map(loaded.map((one) => [one.state.id, one]));
  const told = await changesOf(client, accountId, events, cases);
  const latest = [...changed].flatMap((id) => cases.get(id) ?? []);
  const shown = [...told, ...latest].map(({ state }) => state);
  const names = shown.length === 0 ? NAMELESS : await loadCaseNames(client, accountId, shown);
  const eventRecords = told.map((one) => caseEventRecord(one, names));
  const stateRecords = latest.map((one) => caseStateRecord(one, names));
  const decided = interactions.map((one) => decidedRecord(accountId, one, numberOf(one.caseId, cases)));
  return [...eventRecords, ...stateRecords, ...decided];
}

function numberOf(caseId: string | null, cases: ReadonlyMap<string, ShownCase>): string | null {
  return caseId === null ? null : (cases.get(caseId)?.state.number ?? null);
}

/** Events come by case and in order, so the case after one is where the next one starts. */
async function changesOf(
  client: Queryable,
  accountId: string,
  events: readonly AnnouncedEvent[],
  cases: ReadonlyMap<string, ShownCase>,
): Promise<ToldChange[]> {
  const told: ToldChange[] = [];
  for (const event of events) {
    const last = told.at(-1);
    const before = last?.state.id === event.caseId && last.state.version === event.seq - 1 ? last : null;
    const after = await caseAfter(client, accountId, event, before, cases.get(event.caseId));
    told.push({ ...after, change: event.change });
  }
  return told;
}

/** Mostly the case is new or has not moved on since; only otherwise its history is read. */
async function caseAfter(
  client: Queryable,
  accountId: string,
  event: AnnouncedEvent,
  before: ShownCase | null,
  latest: ShownCase | undefined,
): Promise<ShownCase> {
  const { seq, change } = event;
  if (latest?.state.version === seq) {
    return latest;
  }
  if (before !== null || seq === 1) {
    const legalHold = legalHoldAfter(before?.legalHold ?? false, change);
    return { state: applyChange(before?.state ?? null, change), legalHold };
  }
  const changes = (await loadHistory(client, accountId, event)).map((earlier) => earlier.change);
  return { state: fold(changes), legalHold: changes.reduce(legalHoldAfter, false) };
}
