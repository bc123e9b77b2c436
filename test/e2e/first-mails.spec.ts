import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DECIDED_TOPIC } from '#libs/interaction';
import { aMail, aReply } from '../mails/a-mail.js';
import { ANA, SALES, SUPPORT } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

describe.each(logsUnderTest())('first mails on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  it('1 create unassigned: New', async () => {
    await world.receives(aMail({ to: [SALES] }));

    expect(await world.theCase()).toMatchObject({ group: 'Sales', category: 'new', assignee: null, version: 1 });
    const { id } = await world.theCase();
    expect((await world.events(id)).map(({ kind }) => kind)).toEqual(['created']);
  });

  it('30 first mail opens a case and creates its requester', async () => {
    await world.receives(aMail({ from: 'Carla@Customer.Example', fromName: 'Carla Dias', subject: 'No light' }));

    expect(await world.theCase()).toMatchObject({
      number: '1',
      subject: 'No light',
      group: 'Support',
      requester_kind: 'contact',
      requester: 'carla@customer.example',
      requester_method: 'R6',
      interaction_count: 1,
    });
    expect(await world.contacts()).toEqual([{ name: 'Carla Dias', address: 'carla@customer.example' }]);
  });

  it('31 the same mail three times and through two mailboxes is one interaction', async () => {
    const mail = aMail({ to: [SUPPORT, SALES] });
    for (const recipient of [SUPPORT, SUPPORT, SUPPORT, SALES, SALES]) {
      await world.delivers(mail, [recipient]);
    }
    await world.settled();

    const interactions = await world.interactions();
    expect(interactions).toHaveLength(1);
    expect(interactions[0]).toMatchObject({ outcome: 'created', endpoints: 2 });
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, version: 1 });
    const types = (await world.records(DECIDED_TOPIC)).map(({ headers }) => headers['ce_type']);
    expect(types.filter((type) => type === 'io.casewright.interaction.applied.v1')).toHaveLength(1);
    expect(types.filter((type) => type === 'io.casewright.interaction.duplicate.v1')).toHaveLength(1);
  });

  it('31 one delivery to two mailboxes at once is one interaction too', async () => {
    await world.delivers(aMail({ to: [SUPPORT, SALES] }));
    await world.settled();

    expect(await world.interactions()).toMatchObject([{ outcome: 'created', endpoints: 2 }]);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
  });

  it('43 an agent who writes for herself is the requester', async () => {
    await world.receives(aMail({ from: ANA, fromName: 'Ana', subject: 'My own lamp' }));

    expect(await world.theCase()).toMatchObject({ requester_kind: 'agent', requester: ANA, requester_method: 'R2' });
    expect(await world.contacts()).toEqual([]);
  });

  describe('44 mails that are not as they should be', () => {
    it('missing Message-ID: a case, and once however often it comes', async () => {
      const mail = aMail({ messageId: null });
      await world.receives(mail, mail);

      expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
    });

    it('8-bit headers: the words are kept', async () => {
      await world.receives(aMail({ fromName: 'José Ávila', subject: 'A lâmpada não acende' }));

      expect(await world.theCase()).toMatchObject({ subject: 'A lâmpada não acende' });
      expect(await world.contacts()).toMatchObject([{ name: 'José Ávila' }]);
    });

    it('300 References: the conversation is found by the newest', async () => {
      const first = aMail();
      const strangers = Array.from({ length: 299 }, (_, index) => `stranger-${index}@elsewhere.example`);
      const reply = aReply(first, { inReplyTo: null, references: [...strangers, first.messageId ?? ''] });
      await world.receives(first, reply);

      expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    });

    it('empty subject: a case without one', async () => {
      await world.receives(aMail({ subject: '' }));

      expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
    });

    it('5,000 characters of subject: the case shows 150, the interaction keeps all', async () => {
      const subject = 'x'.repeat(5000);
      await world.receives(aMail({ subject }));

      expect((await world.theCase()).subject).toBe('x'.repeat(150));
      expect(await world.interactions()).toMatchObject([{ subject }]);
    });
  });
});
