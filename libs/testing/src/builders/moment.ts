import type { Moment } from '#libs/case-domain';
import { aCaseId } from './cases.js';

/** The morning after the ordinary mail of every builder; its ids sort by the order in which they were asked for. */
export function aMoment(overrides: Partial<Moment> = {}): Moment {
  return { now: '2026-03-02T10:00:00.000Z', newId: aCaseId, ...overrides };
}
