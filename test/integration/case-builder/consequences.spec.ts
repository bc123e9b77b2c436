import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeCase, type Consequence, type Effects, effectsOf, NO_EFFECTS, NO_NEEDS } from '#libs/case-domain';
import { caseEventId } from '#libs/case-ledger';
import { CASE_EVENTS_TOPIC, type Interaction } from '#libs/interaction';
import { aMail, PATIENCE_MS, waitUntil } from '#libs/testing';
import { closeDueCases } from '../../../apps/case-builder/src/timers/auto-close.js';
import { sayWord } from '../../say-word.js';
import { aTeam, testBuilder, type TestBuilder } from './builder.js';
import { takeTold } from './facts-world.js';
import { dataOf } from './rows.js';

const signal = new AbortController().signal;
const FAILED = { verdict: 'fail', reason: 'DMARC failed' } as const;
const AUTOMATION = { kind: 'automation', id: null } as const;

let builder: TestBuilder;
/** Cases whose end is the end of another one, by id. */
let linked: Map<string, string>;
/** How often the consequence was asked about an end, and what it answered. */
let answers: ('needs' | 'effects')[];
afterEach(() => builder.database.drop());
beforeEach(() => {
  linked = new Map();
  answers = [];
});

/** When a case is closed or resolved, the case that is linked to it is resolved too, at the same instant. */
const cascade: Consequence = ({ cases }, snapshot, { now }) => {
  const ends = cases.filter(({ change: { kind } }) => kind === 'closed' || kind === 'resolved');
  const missing = ends.flatMap(({ state }) => linked.get(state.id) ?? []).filter((id) => !snapshot.cases.has(id));
  if (missing.length > 0) {
    answers.push('needs');
    return { needs: { ...NO_NEEDS, cases: new Set(missing) } };
  }
  const resolved = ends.flatMap(({ state, change: { occurredAt } }) => {
    const other = snapshot.cases.get(linked.get(state.id) ?? '');
    if (other === undefined || other.category === 'resolved') {
      return [];
    }
    answers.push('effects');
    const cause = { causeEventId: caseEventId(state.id, state.version), at: now, occurredAt };
    return [changeCase(other, 'resolved', { ...RESOLVED, resolvedAt: now }, { ...BY_AUTOMATION, ...cause })];
  });
  return effectsOf({ cases: resolved });
};
const RESOLVED = { category: 'resolved', resolution: 'As the other.', resolutionSource: 'automation' } as const;
const BY_AUTOMATION = { actor: AUTOMATION, interactionId: null, details: {} };

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await builder.database.pool.query<Row>(text, values)).rows;
}

const mails = (count: number): Interaction[] =>
  Array.from({ length: count }, (_, index) => aMail({ messageId: `m${index}@x`, from: `p${index}@x.example` }));

/** So many cases; the ids in the order of their numbers. */
async function someCases(count: number): Promise<string[]> {
  await builder.handle(mails(count));
  return (await rows<{ id: string }>('select id from cases order by number')).map(({ id }) => id);
}

const makeDue = (...ids: string[]) =>
  rows(
    `update cases set category = 'resolved', resolution_source = 'automation', resolved_at = now() - interval '10 days'
     where id = any ($1)`,
    [ids],
  );
const close = (): Promise<number> => closeDueCases(builder.dependencies.ledger, signal);
const takeEvents = async () =>
  (await takeTold(builder.database.pool)).filter(({ topic }) => topic === CASE_EVENTS_TOPIC);
const racesOf = async (): Promise<number> => {
  const { text } = await builder.metrics.exposition();
  return Number(/^casewright_batch_races_total (\d+)$/m.exec(text)?.[1]);
};

describe('a consequence', () => {
  beforeEach(async () => {
    builder = await testBuilder({}, 20, { consequences: [cascade] });
  });

  it('changes a case that nobody had locked, once, and names the event that it follows from', async () => {
    const [one = '', other = ''] = await someCases(2);
    await takeEvents();
    linked.set(one, other);
    await makeDue(one);
    expect(await close()).toBe(1);
    expect(answers).toEqual(['needs', 'effects']);
    expect(await rows('select category, version, closed_at is null as live from cases order by number')).toEqual([
      { category: 'resolved', version: 2, live: false },
      { category: 'resolved', version: 2, live: true },
    ]);
    const cause = caseEventId(one, 2);
    expect(
      await rows('select case_id, cause_event_id, interaction_id from case_event where seq = 2 order by kind'),
    ).toEqual([
      { case_id: one, cause_event_id: null, interaction_id: null },
      { case_id: other, cause_event_id: cause, interaction_id: null },
    ]);
    const told = await takeEvents();
    expect(told.map(({ headers }) => [headers['ce_id'], headers['ce_causationid']])).toEqual([
      [cause, undefined],
      [caseEventId(other, 2), cause],
    ]);
    expect(dataOf(told[1])).toMatchObject({ actor: AUTOMATION, case: { id: other, status: 'resolved' } });
    expect(await racesOf()).toBe(0);
  });

  it('follows a chain of three, each locked by starting over', async () => {
    const [one = '', two = '', three = '', four = ''] = await someCases(4);
    linked.set(one, two).set(two, three).set(three, four);
    await makeDue(one);
    expect(await close()).toBe(1);
    expect(answers.filter((answer) => answer === 'needs')).toHaveLength(3);
    const events = await rows<{ case_id: string; cause_event_id: string | null }>(
      `select case_id, cause_event_id from case_event where seq = 2 order by case_id`,
    );
    const causes = new Map(events.map((event) => [event.case_id, event.cause_event_id]));
    expect([one, two, three, four].map((id) => causes.get(id))).toEqual([
      null,
      caseEventId(one, 2),
      caseEventId(two, 2),
      caseEventId(three, 2),
    ]);
  });

  it('is one of very many, and all of them start over together', async () => {
    const ids = await someCases(60);
    const ends = ids.slice(0, 30);
    ends.forEach((id, index) => linked.set(id, ids[30 + index] ?? ''));
    await makeDue(...ends);
    expect(await close()).toBe(30);
    expect(answers.filter((answer) => answer === 'effects')).toHaveLength(30);
    expect(await rows(`select from cases where category <> 'resolved' or version <> 2`)).toEqual([]);
  });

  it('waits for the lock of what it needs, and sees it as it is then', async () => {
    const [one = '', other = ''] = await someCases(2);
    linked.set(one, other);
    await makeDue(one);
    const client = await builder.database.pool.connect();
    await client.query('begin');
    await client.query(`update cases set subject = 'Changed meanwhile', version = version + 1 where id = $1`, [other]);
    const closing = close();
    await waitUntil(() => answers.length > 0, PATIENCE_MS, String);
    expect(answers).toEqual(['needs']);
    await client.query('commit');
    client.release();
    expect(await closing).toBe(1);
    expect(await rows('select subject, version, category from cases where id = $1', [other])).toEqual([
      { subject: 'Changed meanwhile', version: 3, category: 'resolved' },
    ]);
  });

  it('of two ends that lead to each other end both, whoever comes first', async () => {
    const ids = await someCases(40);
    for (let index = 0; index < ids.length; index += 2) {
      const [one = '', other = ''] = ids.slice(index, index + 2);
      linked.set(one, other).set(other, one);
    }
    await makeDue(...ids.filter((_, index) => index % 4 < 2));
    const closed = await Promise.all([close(), close(), close()]);
    expect(closed.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(
      await rows(`select from cases c where version <> (select count(*) from case_event e where e.case_id = c.id)`),
    ).toEqual([]);
  });
});

describe('a consequence that is noted on one case', () => {
  let register: string;
  beforeEach(() => {
    register = '';
  });
  const noting =
    (namesIn: (effects: Effects) => readonly string[]): Consequence =>
    (effects, snapshot, { now }) => {
      const names = register === '' ? [] : namesIn(effects);
      const state = snapshot.cases.get(register);
      if (names.length > 0 && state === undefined) {
        answers.push('needs');
        return { needs: { ...NO_NEEDS, cases: new Set([register]) } };
      }
      const noted = state === undefined || names.length === 0 ? null : { tags: [...state.tags, ...names] };
      const cause = { ...BY_AUTOMATION, at: now, occurredAt: now };
      return state === undefined || noted === null
        ? NO_EFFECTS
        : effectsOf({ cases: [changeCase(state, 'status_changed', noted, cause)] });
    };
  const whatOpens = ({ cases }: Effects) =>
    cases.filter(({ change }) => change.kind === 'created').map(({ state }) => state.id);
  const whatWaits = ({ suspensions }: Effects) => suspensions.map(({ change }) => change);

  it('starts a batch of new cases over and loses no number, and each of its mails is noted once', async () => {
    builder = await testBuilder({}, 20, { consequences: [noting(whatOpens)] });
    [register = ''] = await someCases(1);
    await builder.handle(mails(31).slice(1), { offset: 1 });
    // Asked for by each of them, in one attempt.
    expect(answers).toHaveLength(30);
    const cases = await rows<{ id: string; number: string; tags: string[] }>(
      'select id, number, tags from cases order by number',
    );
    expect(cases.map(({ number }) => Number(number))).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    expect(cases[0]?.tags).toEqual(cases.slice(1).map(({ id }) => id));
    expect(await rows('select max(seq)::int as events from case_event where case_id = $1', [register])).toEqual([
      { events: 31 },
    ]);
  });

  it.each(['released', 'rejected'] as const)(
    'is told when something begins to wait, and when it is %s',
    async (end) => {
      builder = await testBuilder(aTeam('round_robin', 'ana'), 20, { consequences: [noting(whatWaits)] });
      [register = ''] = await someCases(1);
      await takeEvents();
      const spoof = aMail({ messageId: 'spoof@x', from: 'ana@acme.example' }, { trust: FAILED });
      await builder.handle([spoof], { offset: 1 });
      await sayWord(builder.dependencies.ledger, spoof.id, end);
      const told = (await takeEvents()).filter(({ key }) => key === register);
      expect(told.map((record) => dataOf<{ case: { tags: string[] } }>(record).case.tags)).toEqual([
        ['opened'],
        ['opened', end],
      ]);
    },
  );
});

describe('a consequence that always needs another case', () => {
  const insatiable: Consequence = (effects, snapshot) => {
    const next = [...linked.values()].find((id) => !snapshot.cases.has(id));
    return effects.cases.every(({ change }) => change.kind !== 'closed') || next === undefined
      ? NO_EFFECTS
      : { needs: { ...NO_NEEDS, cases: new Set([next]) } };
  };

  it('is given three rounds, and then the reason is named and nothing is written', async () => {
    builder = await testBuilder({}, 20, { consequences: [insatiable] });
    const [one = '', two = '', ...others] = await someCases(6);
    others.slice(0, 3).forEach((id) => linked.set(id, id));
    await makeDue(one);
    expect(await close()).toBe(1);
    await makeDue(two);
    others.forEach((id) => linked.set(id, id));
    const before = await rows('select t::text from cases t union all select t::text from case_event t');
    await expect(close()).rejects.toThrow(
      `needs more than was locked, even after 3 rounds of locking more: cases ${others[3]}`,
    );
    expect(await rows('select t::text from cases t union all select t::text from case_event t')).toEqual(before);
    expect(builder.database.pool.totalCount).toBe(builder.database.pool.idleCount);
  });
});
