import type { FoundRecords } from './found-records.js';
import type { FoundRows } from './found-rows.js';
import type { Expected } from './plan.js';

/** One line of the result. */
export interface Comparison {
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

/** Every count that must be right, each with what it is expected to be. */
export function compare(expected: Expected, rows: FoundRows, records: FoundRecords): Comparison[] {
  const line = (what: string, wanted: number, found: number): Comparison => ({ what, expected: wanted, found });
  const { conversations, senders, poison, interactions } = expected;
  return [
    line('interactions', interactions, rows.interactions),
    line('interactions that ended in a case', interactions, rows.applied),
    line('cases that live', conversations.size, rows.cases),
    line('cases that ended in another, each told once', rows.merged, rows.mergesTold),
    line('  … that lead to no case that lives', 0, rows.astray),
    line('conversations whose mails are one case', conversations.size, countWhole(conversations, rows.conversations)),
    line('contacts', senders.size, rows.contacts),
    line('cases whose counter differs from their rows', 0, rows.miscounted),
    line('cases whose events are not 1 … version', 0, rows.gapped),
    line('events (a mail is one change)', interactions + rows.mergeEvents, rows.eventIds.size),
    line('events on case.events.v1', interactions + rows.mergeEvents, records.eventIds.size),
    line('  … that are not a row', 0, countMissing(records.eventIds, rows.eventIds)),
    line('  … cases whose events are out of order', 0, records.disordered),
    line('cases on case.state.v1', conversations.size + rows.merged, records.states.size),
    line('  … whose last state is not the row', 0, countDifferent(records.states, rows.states)),
    line('decisions on interactions.decided.v1', interactions, records.applied),
    line('dead letters', poison.size, rows.deadLetterKeys.length),
    line('  … different poisoned records', poison.size, countAmong(rows.deadLetterKeys, poison)),
    line('dead letters on their topic', poison.size, records.deadLetterKeys.length),
    line('  … different poisoned records', poison.size, countAmong(records.deadLetterKeys, poison)),
    line('rows left in the outbox', 0, rows.waiting),
  ];
}

export function isRight({ expected, found }: Comparison): boolean {
  return expected === found;
}

/** A table for people: what, expected, found, and a mark on every difference. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const width = Math.max(...comparisons.map(({ what }) => what.length));
  const row = (what: string, expected: string, found: string, mark: string): string =>
    `  ${what.padEnd(width)}  ${expected.padStart(9)}  ${found.padStart(9)}  ${mark}`.trimEnd();
  const lines = comparisons.map((one) =>
    row(one.what, String(one.expected), String(one.found), isRight(one) ? 'ok' : 'DIFFERENT'),
  );
  return [row('', 'expected', 'found', ''), ...lines].join('\n');
}

/** Conversations whose Message-IDs are exactly those of one case. */
function countWhole(expected: Expected['conversations'], found: ReadonlyMap<string, ReadonlySet<string>>): number {
  const caseOf = new Map<string, string>();
  for (const [caseId, messageIds] of found) {
    messageIds.forEach((messageId) => caseOf.set(messageId, caseId));
  }
  return [...expected].filter(([root, messageIds]) => {
    const together = found.get(caseOf.get(root) ?? '');
    return together?.size === messageIds.size && [...messageIds].every((messageId) => together.has(messageId));
  }).length;
}

function countMissing(some: ReadonlySet<string>, all: ReadonlySet<string>): number {
  return [...some].filter((one) => !all.has(one)).length;
}

function countDifferent(some: ReadonlyMap<string, string>, all: ReadonlyMap<string, string>): number {
  return [...some].filter(([key, value]) => all.get(key) !== value).length;
}

function countAmong(found: readonly string[], wanted: ReadonlySet<string>): number {
  return new Set(found.filter((one) => wanted.has(one))).size;
}
