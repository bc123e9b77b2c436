import { applyChange, type Changed, type CaseState, fold, NAMELESS } from '#libs/case-domain';
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
import { caseEventRecord, caseStateRecord } from './case-records.js';
import { decidedRecord } from './decided-records.js';

/**
 * The records that announcements amount to:
 * 1. one per event, with the case right after it
 * 2. one per case, with its latest state; it is read now, so a later record never shows an earlier state
 * 3. one per interaction, with what was decided
 * 4. what no row holds, as it was left
 */
export async function recordsOf(client: Queryable, entries: readonly OutboxEntry[]): Promise<OutboxRecord[]> {
  const records: OutboxRecord[] = [];
  for (const [accountId, own] of byAccount(entries)) {
    const events = own.flatMap((entry) => entry.events);
    const interactionIds = own.flatMap((entry) => entry.interactionIds);
    records.push(...(await recordsOfAccount(client, accountId, events, interactionIds)));
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
  const cases = new Map(loaded.map((state) => [state.id, state]));
  const told = await changesOf(client, accountId, events, cases);
  const latest = [...changed].flatMap((id) => cases.get(id) ?? []);
  const shown = [...told.map(({ state }) => state), ...latest];
  const names = shown.length === 0 ? NAMELESS : await loadCaseNames(client, accountId, shown);
  const eventRecords = told.map((one) => caseEventRecord(one, names));
  const stateRecords = latest.map((state) => caseStateRecord(state, names));
  const decided = interactions.map((one) => decidedRecord(accountId, one, numberOf(one.caseId, cases)));
  return [...eventRecords, ...stateRecords, ...decided];
}

function numberOf(caseId: string | null, cases: ReadonlyMap<string, CaseState>): string | null {
  return caseId === null ? null : (cases.get(caseId)?.number ?? null);
}

/** Events come by case and in order, so the case after one is where the next one starts. */
async function changesOf(
  client: Queryable,
  accountId: string,
  events: readonly AnnouncedEvent[],
  cases: ReadonlyMap<string, CaseState>,
): Promise<Changed[]> {
  const told: Changed[] = [];
  let state: CaseState | null = null;
  for (const event of events) {
    const before: CaseState | null = state?.id === event.caseId && state.version === event.seq - 1 ? state : null;
    state = await stateAfter(client, accountId, event, before, cases.get(event.caseId));
    told.push({ state, change: event.change });
  }
  return told;
}

/** Mostly the case is new or has not moved on since; only otherwise its history is read. */
async function stateAfter(
  client: Queryable,
  accountId: string,
  event: AnnouncedEvent,
  before: CaseState | null,
  latest: CaseState | undefined,
): Promise<CaseState> {
  if (latest?.version === event.seq) {
    return latest;
  }
  if (before !== null || event.seq === 1) {
    return applyChange(before, event.change);
  }
  const history = await loadHistory(client, accountId, event);
  return fold(history.map((earlier) => earlier.change));
}
