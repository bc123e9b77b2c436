import type { FuzzReport } from './fuzz.js';

const LEAST_SUCCESS = 0.4;
const LEAST_OF_EACH = 100;
/** An operation that is asked so often has to succeed. */
const REACHED_WITHIN = 60;

/** What a run has to say against the service, a paragraph each; none when all is right. */
export function shortcomingsOf(
  { tally, failures }: FuzzReport,
  log: readonly string[],
  unhandled: readonly unknown[] = [],
): string[] {
  const failed = log.filter((line) => line.includes('a request failed'));
  // Fewer requests than this cannot ask each operation as often.
  const least = Math.min(LEAST_OF_EACH, Math.floor(tally.sent / (tally.operations * 3)));
  return [
    ...failures.map(({ operation, fault, curl, answer }) => `${operation}: ${fault}\n  ${curl}\n  ${answer}`),
    ...failed.slice(0, 5).map((line) => `logged: ${line.slice(0, 2000)}`),
    ...unhandled.map((reason) => `unhandled: ${String(reason)}`),
    ...(tally.least < least ? [`an operation was asked ${tally.least} times only`] : []),
    ...tally.withoutSuccess(REACHED_WITHIN).map(({ id, mostly }) => {
      return `${id} was never answered with success (${mostly}): say in sense.ts what makes sense to it`;
    }),
    ...(tally.succeeded < LEAST_SUCCESS ? [`${Math.round(100 * tally.succeeded)} % were answered with success`] : []),
  ];
}
