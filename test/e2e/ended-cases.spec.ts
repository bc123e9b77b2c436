import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aMail, aReply, type Mail } from '../mails/a-mail.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const DAY = 24 * 60 * 60 * 1000;
const RESOLVED_AT = '2026-11-10T12:00:00.000Z';

describe.each(logsUnderTest())('cases that have ended on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const opened = async (first: Mail): Promise<string> => {
    await world.receives(first);
    return (await world.theCase()).id;
  };
  const resolve = (caseId: string): Promise<void> =>
    world.set(caseId, {
      category: `'resolved'`,
      status_id: `(select id from case_status where category = 'resolved' and is_default)`,
      resolved_at: `'${RESOLVED_AT}'`,
      resolution: `'a new bulb'`,
      resolution_source: `'agent'`,
    });
  const close = async (caseId: string): Promise<void> => {
    await resolve(caseId);
    await world.set(caseId, { closed_at: `'2026-11-15T12:00:00Z'`, closed_reason: `'auto_close'` });
  };

  it('9 auto-close exactly at 5 x 24 h, not a second before', async () => {
    const caseId = await opened(aMail());
    await resolve(caseId);
    const due = Date.parse(RESOLVED_AT) + 5 * DAY;

    world.setNow(new Date(due - 1000));
    expect(await world.builder.closeDue()).toBe(0);
    expect(await world.theCase()).toMatchObject({ category: 'resolved', closed: false });

    world.setNow(new Date(due));
    expect(await world.builder.closeDue()).toBe(1);
    expect(await world.theCase()).toMatchObject({ category: 'resolved', closed: true });
    expect((await world.events(caseId)).at(-1)).toMatchObject({ kind: 'closed' });

    expect(await world.builder.closeDue()).toBe(0);
    expect((await world.events(caseId)).filter(({ kind }) => kind === 'closed')).toHaveLength(1);
  });

  it('11 a reply racing auto-close is a reopening or a follow-up, and never lost', async () => {
    for (let round = 0; round < 8; round += 1) {
      await world.clear();
      const first = aMail();
      const caseId = await opened(first);
      await resolve(caseId);
      world.setNow(new Date(Date.parse(RESOLVED_AT) + 5 * DAY));
      await Promise.all([world.delivers(aReply(first)), closesSoon(world, round * 3)]);
      await world.settled();

      const cases = await world.cases();
      const original = cases.find(({ id }) => id === caseId);
      const followUp = cases.find(({ id }) => id !== caseId);
      const reply = (await world.interactions()).at(-1);
      if (original?.closed === true) {
        expect(reply).toMatchObject({ case_id: followUp?.id, outcome: 'followed_up' });
        expect(original).toMatchObject({ interaction_count: 1 });
        expect(followUp).toMatchObject({ follow_up_of_id: caseId, interaction_count: 1 });
      } else {
        expect(reply).toMatchObject({ case_id: caseId, outcome: 'reopened' });
        expect(original).toMatchObject({ interaction_count: 2, reopen_count: 1, category: 'open' });
        expect(followUp).toBeUndefined();
      }
    }
  });

  it('39 a reply to a closed case is a follow-up, a second reply the same one', async () => {
    const first = aMail();
    const caseId = await opened(first);
    await close(caseId);
    await world.receives(aReply(first), aReply(first));

    const [original, followUp, ...others] = await world.cases();
    expect(others).toEqual([]);
    expect(original).toMatchObject({ closed: true, interaction_count: 1 });
    expect(followUp).toMatchObject({ follow_up_of_id: caseId, interaction_count: 2, requester: first.from });
    expect(await world.links()).toEqual([{ from_case_id: followUp?.id, to_case_id: caseId, kind: 'follow_up' }]);
  });

  it('39 ten concurrent replies to a closed case are one follow-up', async () => {
    const first = aMail();
    const caseId = await opened(first);
    await close(caseId);
    // Without In-Reply-To and with a root of its own first, each reply has a key, and so a partition, of its own.
    const replies = Array.from({ length: 10 }, (_, index) =>
      aReply(first, { inReplyTo: null, references: [`root-${index}@elsewhere`, first.messageId ?? ''] }),
    );
    await Promise.all(replies.map((reply) => world.delivers(reply)));
    await world.settled();

    const cases = await world.cases();
    expect(cases).toHaveLength(2);
    expect(cases[1]).toMatchObject({ follow_up_of_id: caseId, interaction_count: 10 });
  });

  it('40 a reply to a merged case goes to the surviving one', async () => {
    const [source, main] = [aMail(), aMail({ subject: 'The same lamp, again' })];
    await world.receives(source, main);
    const [sourceCase, mainCase] = await world.cases();
    await resolve(sourceCase?.id ?? '');
    await world.set(sourceCase?.id ?? '', {
      closed_at: `'2026-11-15T12:00:00Z'`,
      closed_reason: `'merged'`,
      resolution_source: `'merge'`,
      merged_into_id: `'${mainCase?.id}'`,
    });
    await world.receives(aReply(source));

    expect(await world.cases()).toMatchObject([{ interaction_count: 1 }, { interaction_count: 2 }]);
    expect((await world.interactions()).at(-1)).toMatchObject({ case_id: mainCase?.id, outcome: 'attached' });
  });

  it('41 a reply to a trashed case is a new case, related to it', async () => {
    const first = aMail();
    const caseId = await opened(first);
    await world.set(caseId, { deleted_at: 'now()' });
    await world.receives(aReply(first));

    const [trashed, fresh, ...others] = await world.cases();
    expect(others).toEqual([]);
    expect(trashed).toMatchObject({ id: caseId, interaction_count: 1 });
    expect(fresh).toMatchObject({ interaction_count: 1, follow_up_of_id: null });
    expect(await world.links()).toEqual([{ from_case_id: fresh?.id, to_case_id: caseId, kind: 'related' }]);
  });
});

/** The timer at about the moment when the reply arrives. */
async function closesSoon(world: World, milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await world.builder.closeDue();
}
