import { describe, expect, it } from '@jest/globals';
import {
  aBareCommand,
  aMoment,
  aCase,
  aClosedCase,
  aCreation,
  anUpdate,
  aResolvedCase,
  byId,
  ANA,
  teamSnapshot as snapshotOf,
} from '#libs/testing';
import { type CaseState, type CaseWish, CATEGORIES, decideCommand, type From, mayMove, type To } from '../index.js';

/** domain.md §4, as it is written there: A agent, P app, U automation, S system; in the order of the columns. */
const WRITTEN: Readonly<Record<From, readonly string[]>> = {
  nothing: ['APUS', 'APUS', 'AP', 'AP', 'AP', ''],
  new: ['APUS', 'APUS', 'APU', 'APU', 'APUS', 'S'],
  open: ['APUS', 'APUS', 'APU', 'APU', 'APUS', 'S'],
  pending: ['APUS', 'APUS', 'APUS', 'APU', 'APUS', 'S'],
  on_hold: ['APUS', 'APUS', 'APU', 'APUS', 'APUS', 'S'],
  resolved: ['S', 'APUS', 'AP', 'AP', 'APU', 'US'],
  closed: ['', '', '', '', '', 'U'],
};
const COLUMNS: readonly To[] = [...CATEGORIES, 'closed'];
const ACTORS = { A: 'agent', P: 'app', U: 'automation', S: 'system' } as const;

describe('the table of moves', () => {
  const cells = Object.entries(WRITTEN).flatMap(([from, row]) => row.map((by, index) => [from, COLUMNS[index], by]));
  it.each(cells as [From, To, string][])('%s to %s is for %s', (from, to, by) => {
    const allowed = Object.entries(ACTORS).filter(([, actor]) => mayMove(from, to, actor));
    expect(allowed.map(([letter]) => letter).join('')).toBe(by);
    expect(mayMove(from, to, 'contact')).toBe(false);
  });
});

const OWNED = { assigneeId: ANA.id } as const;
const FROM: Readonly<Record<Exclude<From, 'nothing'>, () => CaseState>> = {
  new: () => aCase(),
  open: () => aCase({ category: 'open', ...OWNED }),
  pending: () => aCase({ category: 'pending', ...OWNED }),
  on_hold: () => aCase({ category: 'on_hold', ...OWNED }),
  resolved: () => aResolvedCase(OWNED),
  closed: () => aClosedCase(OWNED),
};
/** What a request has to say beside the status, so that nothing but the table is in the way. */
const BESIDE: Readonly<Record<To, CaseWish>> = {
  new: { assigneeId: null },
  open: { assigneeId: byId(ANA.id) },
  pending: { assigneeId: byId(ANA.id) },
  on_hold: { assigneeId: byId(ANA.id) },
  resolved: { assigneeId: byId(ANA.id), resolution: 'Sent a new kettle.' },
  closed: {},
};

describe('every move that a client asks for', () => {
  const moves = (Object.keys(FROM) as (keyof typeof FROM)[]).flatMap((from) =>
    COLUMNS.map((to) => [from, to] as const),
  );
  it.each(moves)('%s to %s is carried out where the table has it, and refused elsewhere', (from, to) => {
    const state = FROM[from]();
    const wish = { status: to, ...(from === 'resolved' && to === 'resolved' ? {} : BESIDE[to]) };
    const decided = decideCommand(anUpdate(state.id, wish), snapshotOf({ cases: [state] }), aMoment());
    const may = mayMove(from, to, 'app') && to !== 'closed';
    const reached = 'verdict' in decided ? (decided.effects.cases[0]?.state ?? state).category : 'refused';
    expect(reached).toBe(may ? to : 'refused');
  });

  it.each(COLUMNS)('out of nothing to %s as well', (to) => {
    const decided = decideCommand(aCreation({ status: to, ...BESIDE[to] }), snapshotOf(), aMoment());
    const reached = 'verdict' in decided ? decided.effects.cases[0]?.state.category : 'refused';
    expect(reached).toBe(mayMove('nothing', to, 'app') ? to : 'refused');
  });

  it.each(['new', 'open', 'pending', 'on_hold'] as const)('%s to new is by unassigning', (from) => {
    const state = FROM[from]();
    const decided = decideCommand(aBareCommand('unassign', state.id), snapshotOf({ cases: [state] }), aMoment());
    const after = 'effects' in decided ? (decided.effects.cases[0]?.state ?? state) : null;
    expect(after).toMatchObject({ category: 'new', assigneeId: null });
  });
});
