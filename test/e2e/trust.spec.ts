import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DECIDED_TOPIC } from '#libs/interaction';
import { aMail, aReply, type Mail } from '../mails/a-mail.js';
import { ANA } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const says = (results: string) => ['Authentication-Results', `mx.acme.example; ${results}`] as const;
const PASSED = says('dmarc=pass header.from=acme.example');
const FAILED = says('dmarc=fail header.from=acme.example');
const RECEIVED = [
  'Received',
  'from mail.elsewhere.example by mx.acme.example with ESMTPS id 7; Fri, 20 Nov 2026',
] as const;

describe.each(logsUnderTest())('who is believed on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const byAna = (to: Mail, headers: Mail['headers']) => aReply(to, { from: ANA, fromName: 'Ana Lopes', headers });
  const endings = async () => (await world.interactions()).map(({ outcome, visibility }) => `${outcome} ${visibility}`);
  const told = async () => {
    const types = (await world.records(DECIDED_TOPIC)).map(({ headers }) => headers['ce_type']?.split('.').at(-2));
    return types.sort();
  };

  it('an agent whom the trusted server proves speaks to the customer', async () => {
    const first = aMail();
    await world.receives(first, byAna(first, [PASSED, RECEIVED]));
    expect(await endings()).toEqual(['created public', 'attached public']);
  });

  it('an agent’s address with a proof that came with the mail is a stranger’s', async () => {
    const first = aMail();
    await world.receives(first, byAna(first, [RECEIVED, PASSED]));
    expect(await endings()).toEqual(['created public', 'internal internal']);
  });

  it('a forged agent waits, and goes on where it belongs when a person releases it', async () => {
    const first = aMail();
    await world.receives(first, byAna(first, [FAILED, RECEIVED]));
    expect(await endings()).toEqual(['created public', 'suspended internal']);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, version: 1 });
    const [waiting] = await world.suspended();
    expect(waiting).toMatchObject({ reason: 'spoofed_sender', state: 'waiting' });

    expect(await world.release(waiting?.interaction_id ?? '')).toBe(true);
    expect(await world.release(waiting?.interaction_id ?? '')).toBe(false);
    await world.settled();
    expect(await endings()).toEqual(['created public', 'internal internal']);
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, version: 2 });
    expect(await told()).toEqual(['applied', 'applied', 'released', 'suspended']);
  });

  it('what was released stays where it is when everything is read again', async () => {
    const subject = 'Pay this at once';
    await world.receives(aMail({ from: 'boss@acme.example', subject, headers: [FAILED, RECEIVED] }));
    const [waiting] = await world.suspended();
    await world.release(waiting?.interaction_id ?? '');
    await world.settled();
    // The log also holds the mails of the scenarios before this one.
    const ours = async () => {
      const all = [...(await world.cases()), ...(await world.interactions())];
      return all.filter((one) => one.subject === subject);
    };
    const before = await ours();
    await world.replayFromZero();
    expect(await ours()).toEqual(before);
    expect(before).toHaveLength(2);
  });

  it('the surplus of a sender waits and nothing of it is lost', async () => {
    const mails = Array.from({ length: 105 }, (_, index) => aMail({ subject: `Alarm ${index}` }));
    for (const mail of mails) {
      await world.delivers(mail);
    }
    await world.settled();
    expect(await world.cases()).toHaveLength(100);
    expect((await world.suspended()).map(({ reason }) => reason)).toEqual(Array(5).fill('too_many_cases'));
    expect(await world.interactions()).toHaveLength(105);
  });
});
