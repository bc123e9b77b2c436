import type { CaseState } from '#libs/case-domain';
import type { Bind } from '../../statement.js';

/** Orders of a list of cases; `-` is the latest first. Cases without a due date come last by `due_at`. */
export const CASE_SORTS = ['-created_at', 'created_at', 'updated_at', '-updated_at', 'due_at'] as const;
export type CaseSort = (typeof CASE_SORTS)[number];

/** Where a case stands in an order: what it is sorted by, and its id, which settles ties. */
export type Position = readonly string[];

/** A part of an order that one index can be read along. */
export interface Stretch {
  readonly columns: string;
  readonly direction: 'asc' | 'desc';
  /** Which cases are on it, beside those of the list. */
  readonly where: readonly string[];
  /** Where it begins; empty is its beginning. */
  readonly behind: Position;
}

const UNDATED = { columns: 'c.id', direction: 'asc', where: ['c.due_at is null'] } as const;

/** Ids of cases sort by the time of creation, so they alone are that position. */
export function positionOf(sort: CaseSort, { id, updatedAt, dueAt }: CaseState): Position {
  switch (sort) {
    case '-created_at':
    case 'created_at':
      return [id];
    case 'updated_at':
    case '-updated_at':
      return [updatedAt, id];
    case 'due_at':
      return dueAt === null ? [id] : [dueAt, id];
  }
}

/** Negative when one stands before the other. */
export function comparePositions(sort: CaseSort, one: Position, other: Position): number {
  // Of those by `due_at`, the ones without a date have shorter positions, and come last.
  const byLength = other.length - one.length;
  const at = one.findIndex((value, index) => value !== other[index]);
  const byValue = at === -1 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
  return byLength !== 0 ? byLength : sort.startsWith('-') ? -byValue : byValue;
}

/** The stretches of an order behind a position, one after another. */
export function stretchesBehind(sort: CaseSort, behind: Position): readonly Stretch[] {
  switch (sort) {
    case '-created_at':
      return [{ columns: 'c.id', direction: 'desc', where: [], behind }];
    case 'created_at':
      return [{ columns: 'c.id', direction: 'asc', where: [], behind }];
    case 'updated_at':
      return [{ columns: 'c.updated_at, c.id', direction: 'asc', where: [], behind }];
    case '-updated_at':
      return [{ columns: 'c.updated_at, c.id', direction: 'desc', where: [], behind }];
    case 'due_at':
      return behind.length === 1 ? [{ ...UNDATED, behind }] : [dated(behind), { ...UNDATED, behind: [] }];
  }
}

function dated(behind: Position): Stretch {
  return { columns: 'c.due_at, c.id', direction: 'asc', where: ['c.due_at is not null'], behind };
}

/** The condition and the order of a stretch. */
export function pathOf(
  { columns, direction, where, behind }: Stretch,
  bind: Bind,
): { readonly where: readonly string[]; readonly orderBy: string } {
  const orderBy = columns.replaceAll(/c\.\w+/g, (column) => `${column} ${direction}`);
  if (behind.length === 0) {
    return { where, orderBy };
  }
  const sign = direction === 'asc' ? '>' : '<';
  return { where: [...where, `(${columns}) ${sign} (${behind.map((value) => bind(value)).join(', ')})`], orderBy };
}
