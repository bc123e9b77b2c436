import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { logsUnderTest } from '../e2e/logs.js';
import { ANA, type ContactWorld, openContactWorld, ORIGIN } from './contact-world.js';

const FIELDS = {
  ...{ name: 'Maria Silva', email: 'Maria@Loja.example', subject: 'Where is my order?' },
  ...{ text: 'It is number 4711.', homepage: '' },
};

describe.each(logsUnderTest())('a web form on the %s log', (_kind, log) => {
  let world: ContactWorld;
  beforeAll(async () => {
    world = await openContactWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const sent = async (fields: object = {}, from?: string) =>
    world.submit({ ...FIELDS, token: await world.token(), ...fields }, from);

  it('opens a case in the group of the form, for whom it says it is from, which proves nothing', async () => {
    expect((await sent()).status).toBe(202);
    await world.settled();
    expect(await world.theCase()).toMatchObject({
      ...{ subject: 'Where is my order?', group: 'Sales', requester: 'maria@loja.example' },
      ...{ requester_confidence: 'weak', requester_verified: false },
    });
  });

  it('never joins a case, whatever its subject names; the same sent twice is one', async () => {
    const token = await world.token();
    expect((await world.submit({ ...FIELDS, token })).status).toBe(202);
    expect((await world.submit({ ...FIELDS, token })).status).toBe(202);
    await world.settled();
    const { number } = await world.theCase();
    await sent({ subject: `Re: [CASE-${number}] Where is my order?` });
    await world.settled();
    expect((await world.cases()).map((one) => one.interaction_count)).toEqual([1, 1]);
  });

  it('holds back who claims to be one of us', async () => {
    await sent({ email: ANA });
    await world.settled();
    expect(await world.cases()).toEqual([]);
    expect(await world.suspended()).toMatchObject([{ reason: 'spoofed_sender', state: 'waiting' }]);
  });

  it('lets five of one network through in an hour; what is more waits, and opens its case when it is released', async () => {
    for (const place of [1, 2, 3, 4, 5, 6, 7]) {
      expect((await sent({ text: `Message ${place}` }, `2001:db8:1:2::${place}`)).status).toBe(202);
    }
    await sent({ text: 'From another network' }, '2001:db8:1:3::1');
    await world.settled();
    expect(await world.cases()).toHaveLength(6);
    const held = await world.suspended();
    expect(held.map(({ reason }) => reason)).toEqual(['too_many_cases', 'too_many_cases']);
    expect(await world.release(held[0]!.interaction_id)).toBe(true);
    expect(await world.cases()).toHaveLength(7);
  });

  it('refuses what comes without its token, at once, from another page, or from a program', async () => {
    const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
    expect(await codeOf(await sent({ token: '' }))).toEqual([400, 'form-token']);
    expect(await codeOf(await sent({ token: await world.token('slow') }))).toEqual([400, 'form-token']);
    const atOnce = { ...FIELDS, token: await world.token('slow') };
    expect(await codeOf(await world.submit(atOnce, '198.51.100.7', 'slow'))).toEqual([400, 'form-token']);
    expect(await codeOf(await sent({ homepage: 'https://spam.example' }))).toEqual([400, 'invalid-form']);
    expect(await codeOf(await sent({ email: 'nobody' }))).toEqual([400, 'invalid-form']);
    expect(await codeOf(await sent({ email: '', phone: '' }))).toEqual([400, 'invalid-form']);
    expect((await sent({ text: 'x'.repeat(65_000) + 'é'.repeat(600) })).status).toBe(413);
    const elsewhere = await fetch(`${world.url}/forms/website/token`, { headers: { origin: 'https://evil.example' } });
    expect([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect((await fetch(`${world.url}/forms/nobody/token`)).status).toBe(404);
    await world.settled();
    expect(await world.interactions()).toEqual([]);
  });

  it('is a form of HTML as well, and answers the preflight of its own pages', async () => {
    const body = new URLSearchParams({ ...FIELDS, phone: '210 000 001', token: await world.token() });
    const answer = await fetch(`${world.url}/forms/website`, { method: 'POST', headers: { origin: ORIGIN }, body });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([202, ORIGIN]);
    await world.settled();
    expect(await world.described()).toContain('210 000 001');
    const preflight = await fetch(`${world.url}/forms/website`, { method: 'OPTIONS', headers: { origin: ORIGIN } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  });
});
