import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_FOLD, VOICEMAIL_FOLD } from '#libs/case-domain';
import type { CallFact, Interaction, VoicemailFact } from '#libs/interaction';
import { eventsOf, exampleBodies } from './testing/arrivals.js';

/** The instants at which the requests of an example come, for systems that tell no time. */
const requestsOf = (provider: string, name: string) =>
  exampleBodies(provider, name).flatMap((plain, index) => {
    const receivedAt = new Date(Date.UTC(2026, 2, 2, 18, 30, index * 20)).toISOString();
    return eventsOf(plain, `${provider}/pbx`, { receivedAt });
  });

function foldedCalls(facts: readonly CallFact[]): Map<string, Interaction> {
  const names = [...new Set(facts.map(({ callId }) => callId))];
  return new Map(
    names.map((name) => [
      name,
      CALL_FOLD.fold(
        null,
        facts.filter(({ callId }) => callId === name),
      ).interaction,
    ]),
  );
}

const callsOf = (provider: string, name: string) => requestsOf(provider, name).flatMap(({ calls }) => calls);
const outcomes = (facts: readonly CallFact[]) => [...foldedCalls(facts).values()].map(({ outcome }) => outcome ?? null);

/** One outcome for each call of the example. */
const TABLE: readonly (readonly [string, string, readonly (string | null)[]])[] = [
  ['generic', 'answered', ['answered']],
  ['generic', 'missed', ['missed']],
  ['generic', 'abandoned', ['abandoned']],
  ['generic', 'transferred', ['answered']],
  ['generic', 'outbound', ['answered']],
  ['generic', 'withheld', ['abandoned', 'abandoned']],
  ['zammad', 'answered', ['answered']],
  ['zammad', 'missed', ['missed']],
  ['zammad', 'abandoned', ['abandoned']],
  ['zammad', 'transferred', ['answered', 'answered']],
  ['zammad', 'outbound', ['answered']],
  ['zammad', 'withheld', ['abandoned']],
  ['talkdesk', 'answered', ['answered']],
  ['talkdesk', 'missed', ['missed']],
  ['talkdesk', 'abandoned', ['abandoned']],
  ['talkdesk', 'transferred', ['answered']],
  ['talkdesk', 'outbound', ['answered']],
  ['talkdesk', 'withheld', ['abandoned']],
  ['twilio', 'answered', ['answered']],
  ['twilio', 'missed', ['missed']],
  ['twilio', 'abandoned', ['abandoned']],
  ['twilio', 'transferred', ['answered']],
  ['twilio', 'outbound', ['answered']],
  ['twilio', 'withheld', [null, null]],
];

describe('a lifecycle as its provider tells it', () => {
  it.each(TABLE)('%s: %s', (provider, name, expected) => {
    const facts = callsOf(provider, name);
    expect(outcomes(facts)).toEqual(expected);
    const folded = foldedCalls(facts);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(facts, { minLength: facts.length }),
        fc.array(fc.constantFrom(...facts), { maxLength: 4 }),
        (shuffled, again) => {
          for (const [callId, interaction] of foldedCalls([...again, ...shuffled])) {
            expect(interaction).toEqual(folded.get(callId));
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each(['generic', 'talkdesk', 'twilio'])('%s: a voicemail with its caller and its sound to fetch', (provider) => {
    const events = requestsOf(provider, 'voicemail');
    const left = events.flatMap(({ voicemails }): readonly VoicemailFact[] => voicemails);
    expect(left).toMatchObject([{ kind: 'left', recording: { status: 'pending' } }]);
    expect(VOICEMAIL_FOLD.fold(null, left).interaction).toMatchObject({ channel: 'voicemail' });
    expect(events.flatMap(({ sounds }) => sounds)).toHaveLength(1);
  });

  it.each(['generic', 'zammad', 'talkdesk', 'twilio'])('%s: a hidden caller has no number', (provider) => {
    const facts = callsOf(provider, 'withheld').filter(({ from }) => from !== undefined);
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.every(({ from }) => from?.number === undefined && from?.presentation !== 'allowed')).toBe(true);
  });
});
