import { derivedEventId } from '#libs/interaction';

/** Id of the event that made a version of a case. */
export function caseEventId(caseId: string, version: number): string {
  return derivedEventId(caseId, version.toString());
}
