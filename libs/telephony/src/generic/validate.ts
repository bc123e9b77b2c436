import { eventCheck, type BodyProblem } from '#libs/webhook';
import { CALL_EVENT_SCHEMA } from './call-event-schema.js';

const LONGEST_DATA = 8 * 1024;

const check = eventCheck('call-event', CALL_EVENT_SCHEMA);

/**
 * What is wrong with a body of our own webhook: one event, or `events`. At most 20 problems, each by its pointer. Empty when
 * the schema lets it through.
 */
export function problemsOfBody(plain: Readonly<Record<string, unknown>>): readonly BodyProblem[] {
  const problems = check(plain);
  if (problems.length > 0) {
    return problems;
  }
  const isBatch = Object.hasOwn(plain, 'events');
  const events = isBatch ? (plain['events'] as readonly object[]) : [plain];
  return events.flatMap((event, index) => {
    const data = (event as { data?: unknown }).data;
    const tooLong = data !== undefined && JSON.stringify(data).length > LONGEST_DATA;
    const pointer = isBatch ? `/events/${index}/data` : '/data';
    return tooLong ? [{ pointer, code: 'length', detail: 'may have 8 KiB of JSON' }] : [];
  });
}
