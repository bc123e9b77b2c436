import { expect, it } from '@jest/globals';
import { CANDIDATE, type LeaderState, troubled } from '../leadership.js';
import { reported } from './relay-thread.js';

const ended = troubled(CANDIDATE, 'the log does not answer', 1_000);
const aLeader: LeaderState = { role: 'leader', trouble: null, hasProgressed: false };

it.each<readonly [string, LeaderState, LeaderState['trouble']]>([
  ['lasts while the next thread has done nothing yet', CANDIDATE, ended.trouble],
  ['lasts while it leads and has not got on', aLeader, ended.trouble],
  ['is as old as it was when that fails as well', troubled(CANDIDATE, 'too', 9_000), { since: 1_000, reason: 'too' }],
  ['ends when it gets on', { ...aLeader, hasProgressed: true }, null],
  ['ends when another process leads', { ...CANDIDATE, role: 'standby' }, null],
])('the trouble of a thread that ended %s', (_when, said, trouble) => {
  expect(reported(ended, said)).toEqual({ ...said, trouble });
});

it('a thread speaks for itself when none has ended before', () => {
  expect(reported(null, troubled(CANDIDATE, 'no disk', 9_000)).trouble).toEqual({ since: 9_000, reason: 'no disk' });
});
