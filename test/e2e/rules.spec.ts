import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Declaration } from '#libs/case-store';
import { type CallFact, factRecord } from '#libs/interaction';
import { aCall, aCallFact, aDeclaredAgent, aDeclaredGroup } from '#libs/testing';
import { aMail, aReply } from '../mails/a-mail.js';
import { ACME, RUI, SALES, SUPPORT } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const EVA = 'eva@acme.example';
const always = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }];
const rule = (name: string, conditions: object[], actions: object[], stop = false) => {
  return { name, position: null, active: true, match: 'all', conditions, actions, stop };
};

/** As `ACME`, with rules, a group for the night, and Sales, which never works. */
const RULED: Declaration = {
  ...ACME,
  groups: [
    { ...aDeclaredGroup('Support', 'round_robin'), businessHours: { week: always } },
    { ...aDeclaredGroup('Sales'), businessHours: { week: [] } },
    aDeclaredGroup('Night', 'round_robin'),
  ],
  agents: [...ACME.agents, { ...aDeclaredAgent(EVA, 'Eva'), groups: ['Night'] }],
  assignmentRules: [
    rule(
      'SOS',
      [{ field: 'interaction.words', op: 'contains', value: 'sos' }],
      [{ group_id: 'Sales' }, { priority: 'urgent' }, { tags_add: ['sos', 'VIP'] }],
      true,
    ),
    rule(
      'Rui’s customers',
      [{ field: 'requester.email_domain', op: 'is', value: 'vip.example' }],
      [{ assignee_id: RUI }],
    ),
    rule(
      'Sales is closed',
      [
        { field: 'endpoint.group_id', op: 'is', value: 'name:Sales' },
        { field: 'time.business_hours_of', op: 'is_not', value: 'name:Sales' },
      ],
      [{ group_id: 'name:Night' }],
    ),
    rule('missed calls', [{ field: 'interaction.outcome', op: 'is', value: 'missed' }], [{ priority: 'high' }]),
  ],
};

describe.each(logsUnderTest())('assignment rules on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log, RULED);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const told = async (): Promise<Record<string, unknown>> => {
    const states = await world.records('case.state.v1');
    return JSON.parse(states.at(-1)?.value?.toString() ?? 'null') as Record<string, unknown>;
  };
  const looked = async (): Promise<Record<string, unknown>[]> => {
    const [first] = await world.interactions();
    return (first?.evidence as unknown as { rules: Record<string, unknown>[] }).rules;
  };

  it('a mail that a rule is about comes into its group, with its priority and tags, and none after it is looked at', async () => {
    await world.receives(aMail({ from: 'rita@vip.example', subject: 'SOS: no light' }));
    expect(await world.theCase()).toMatchObject({ group: 'Sales', assignee: null, category: 'new' });
    expect(await told()).toMatchObject({ priority: 'urgent', tags: ['sos', 'vip'] });
    expect(await looked()).toMatchObject([
      { name: 'SOS', holds: true, applied: ['group_id', 'priority', 'tags_add'], stopped: true },
    ]);
    const [created] = await world.events((await world.theCase()).id);
    expect(created?.details).toMatchObject({ group_rule: 'assignment_rule', rules: [{ name: 'SOS' }] });
  });

  it('59 order A0…A7: a rule (A4) beats the strategy (A6), and whoever looked after the requester last (A5)', async () => {
    for (const serial of [1, 2, 3]) {
      await world.receives(aMail({ from: 'rita@vip.example', subject: `Lamp ${serial}` }));
    }
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual([RUI, RUI, RUI]);
    expect(await looked()).toMatchObject([{ holds: false }, { holds: true, applied: ['assignee_id'] }, {}, {}]);
  });

  it('outside of its business hours a group’s cases are another group’s, whose strategy chooses', async () => {
    await world.receives(aMail({ to: [SALES] }));
    expect(await world.theCase()).toMatchObject({ group: 'Night', assignee: EVA });
    expect(await looked()).toMatchObject([
      {},
      {},
      {
        holds: true,
        conditions: [
          { field: 'endpoint.group_id', holds: true },
          { field: 'time.business_hours_of', op: 'is_not', holds: true, value: false },
        ],
      },
      {},
    ]);
    await world.clear();
    await world.receives(aMail({ to: [SUPPORT] }));
    expect(await world.theCase()).toMatchObject({ group: 'Support' });
  });

  it('a reply to the case is asked nothing, and changes nothing of what rules gave', async () => {
    const first = aMail({ subject: 'SOS' });
    await world.receives(first, aReply(first, { subject: 'calm' }));
    expect(await world.theCase()).toMatchObject({ group: 'Sales', interaction_count: 2 });
    expect((await told())['priority']).toBe('urgent');
  });

  it('a missed call has the priority of its rule, whatever is told of the call later', async () => {
    const [started] = aCall();
    const tell = async (...facts: CallFact[]): Promise<void> => {
      await world.publishes(...facts.map((fact) => factRecord(fact)));
      await world.settled();
    };
    await tell(started, aCallFact('ended', 41, { end: { reason: 'no_answer' } }));
    await world.builder.passTime();
    await world.settled();
    expect(await told()).toMatchObject({ priority: 'high', source: 'call_inbound' });
    await tell(aCallFact('ringing', 3));
    expect(await told()).toMatchObject({ priority: 'high' });
  });

  it('of an agent who is not active any more is passed over, and goes off', async () => {
    await world.declares({
      ...RULED,
      agents: RULED.agents.map((one) => (one.email === RUI ? { ...one, active: false } : one)),
    });
    await world.receives(aMail({ from: 'rita@vip.example' }));
    expect(await world.theCase()).toMatchObject({ assignee: 'ana@acme.example' });
    expect((await looked()).map(({ name }) => name)).not.toContain('Rui’s customers');
    await world.declares(RULED);
    await world.clear();
    await world.receives(aMail({ from: 'rita@vip.example' }));
    expect(await world.theCase()).toMatchObject({ assignee: RUI });
  });
});
