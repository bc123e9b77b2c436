import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import { aCall, aCallFact, instantAt } from '#libs/testing';
import { CALL_FOLD } from '../fold/call-fold.js';
import { callStoryOf } from './call-story.js';

const [started, ringing, answered, ended] = aCall();

function storyOf(...facts: CallFact[]) {
  const { interaction } = CALL_FOLD.fold(null, facts);
  // As a row gives it back.
  const story = callStoryOf(JSON.parse(JSON.stringify(interaction)) as typeof interaction);
  const deciding = story?.moments.filter(({ decides }) => decides).map(({ kind, at }) => `${kind} ${at}`);
  return { ...story, deciding };
}

describe('the story of a call', () => {
  it('tells what happened when, who talked, and how long it took', () => {
    const story = storyOf(started, ringing, answered, ended);
    expect(story.moments?.map(({ kind }) => kind)).toEqual(['started', 'ringing', 'answered', 'ended']);
    expect(story).toMatchObject({
      outcome: 'answered',
      disposition: 'completed',
      queue: 'Support',
      summary: { durations: { ring: 5000, wait: 9000, talk: 51_000, hold: 0, total: 60_000 } },
    });
    expect(story.summary?.talks).toMatchObject([
      { agent: { extension: '201' }, from: instantAt(9), until: instantAt(60) },
    ]);
  });

  it.each([
    ['answered', [started, ringing, answered, ended], [`answered ${instantAt(9)}`]],
    [
      'answered',
      [started, aCallFact('answered', 2, { answeredBy: 'system' }), answered, ended],
      [`answered ${instantAt(9)}`],
    ],
    ['missed', [started, aCallFact('ended', 41, { end: { reason: 'no_answer' } })], [`ended ${instantAt(41)}`]],
    ['abandoned', [started, aCallFact('ended', 41, { end: { by: 'caller' } })], [`ended ${instantAt(41)}`]],
    [
      'abandoned',
      [started, aCallFact('queued', 3), aCallFact('ended', 41, { end: { reason: 'completed' } })],
      [`queued ${instantAt(3)}`, `ended ${instantAt(41)}`],
    ],
    [null, [started, ringing], []],
  ])('names what made it %s', (outcome, facts, deciding) => {
    expect(storyOf(...facts)).toMatchObject({ outcome, deciding });
  });

  it('is none of a mail, nor of a call that was taken away', () => {
    const { interaction } = CALL_FOLD.fold(null, [started]);
    expect(callStoryOf({ ...interaction, channel: 'email' })).toBeNull();
    expect(callStoryOf({ ...interaction, details: {} })).toBeNull();
  });
});
