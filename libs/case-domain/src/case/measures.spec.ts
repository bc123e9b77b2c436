import { describe, expect, it } from '@jest/globals';
import { aCase } from '#libs/testing';
import { type CategoryChange, finalMeasuresOf, measuresOf } from '../index.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString();
const went = (to: CategoryChange['to'], minute: number): CategoryChange => ({ at: at(minute), to });
const LIVE = { createdAt: at(0), firstResponseAt: null, resolvedAt: null, closedAt: null };

describe('the measures of a case', () => {
  it('count what is still going on to now', () => {
    expect(measuresOf(LIVE, [went('new', 0), went('open', 2)], at(5))).toEqual({
      firstReply: null,
      resolution: null,
      requesterWait: 300,
      agentWork: 300,
      byCategory: { new: 120, open: 180, pending: 0, on_hold: 0, resolved: 0 },
    });
  });

  it('leave out of each what is not its own', () => {
    const history = [went('new', 0), went('open', 1), went('pending', 3), went('on_hold', 6), went('resolved', 10)];
    const state = { ...LIVE, firstResponseAt: at(3), resolvedAt: at(10) };
    expect(measuresOf(state, history, at(60))).toEqual({
      firstReply: 180,
      resolution: 600,
      requesterWait: 60 + 120 + 240,
      agentWork: 180,
      byCategory: { new: 60, open: 120, pending: 180, on_hold: 240, resolved: 3000 },
    });
  });

  it('add up what a case was several times, and end with its end', () => {
    const history = [went('open', 0), went('resolved', 1), went('open', 5), went('resolved', 6)];
    const state = { ...LIVE, resolvedAt: at(6), closedAt: at(10) };
    const { byCategory, resolution } = measuresOf(state, history, at(59));
    expect([byCategory.open, byCategory.resolved, resolution]).toEqual([120, 480, 360]);
  });

  it('are never less than nothing, in whole seconds', () => {
    const early = { ...LIVE, firstResponseAt: '2026-03-02T08:00:00.000Z' };
    expect(measuresOf(early, [went('new', 0)], '2026-03-02T09:00:01.999Z')).toMatchObject({
      firstReply: 0,
      agentWork: 1,
    });
  });
});

describe('what became final', () => {
  const NONE = { firstReply: null, firstResolution: null, closed: false };
  const before = aCase({ createdAt: at(0) });
  const resolved = { ...before, category: 'resolved', resolvedAt: at(10) } as const;
  const reopened = { ...before, reopenCount: 1 };
  const closed = { ...resolved, closedAt: at(30) };

  it.each([
    ['nothing, by any other change', before, { ...before, subject: 'Another kettle' }, null],
    ['the first reply', before, { ...before, firstResponseAt: at(3) }, { ...NONE, firstReply: 180 }],
    ['no later reply', { ...before, firstResponseAt: at(3) }, { ...before, firstResponseAt: at(3) }, null],
    ['the first resolution', before, resolved, { ...NONE, firstResolution: 600 }],
    ['no further resolution', reopened, { ...resolved, reopenCount: 1 }, null],
    ['nothing, by being reopened', resolved, reopened, null],
    ['everything, by being closed', resolved, closed, { ...NONE, closed: true }],
    ['nothing, once it is closed', closed, { ...closed, deletedAt: at(40) }, null],
    ['what a case brings along that is opened', undefined, resolved, { ...NONE, firstResolution: 600 }],
    ['all at once, by a merge', before, closed, { ...NONE, firstResolution: 600, closed: true }],
  ])('is %s', (_, one, other, final) => {
    expect(finalMeasuresOf(one, other)).toEqual(final);
  });
});
