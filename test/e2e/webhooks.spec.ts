import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { CALLER, LINE } from '#libs/testing';
import { recent, YESTERDAY } from '../webhooks/recent.js';
import { generic, sentBy, twilio, zammad, type Below, type ProviderName, type Sent } from '../webhooks/senders.js';
import { serveWebhooks, type WebhookServer } from '../webhooks/serve-webhooks.js';
import { ANA } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const TEN_FIFTEEN = (10 * 60 + 15) * 60_000;
const RUI = 'rui@acme.example';
const EXAMPLES = new URL('../../examples/telephony/', import.meta.url);

describe.each(logsUnderTest())('calls and voicemails by webhook, on the %s log', (_kind, log) => {
  let world: World;
  let server: WebhookServer;
  beforeAll(async () => {
    world = await openWorld(log);
    server = await serveWebhooks(world.log);
  });
  beforeEach(() => world.clear());
  afterAll(async () => {
    await server?.close();
    await world?.stop();
  });

  const sends = async (...requests: Sent[]): Promise<void> => {
    for (const request of requests) {
      const { status } = await server.post(request);
      expect(status).toBeLessThan(300);
    }
    await world.settled();
  };
  /** The requests of an example, in their order. */
  const example = (provider: ProviderName, name: string, below: Below = '/calls'): Sent[] =>
    readdirSync(new URL(`${provider}/`, EXAMPLES))
      .sort()
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => sentBy(provider, recent(readFileSync(new URL(`${provider}/${file}`, EXAMPLES), 'utf8')), below));
  const event = (id: string, type: string, seconds: number, more: object = {}): object => ({
    id,
    type,
    occurred_at: new Date(YESTERDAY + TEN_FIFTEEN + seconds * 1000).toISOString(),
    call_id: 'c-77',
    ...more,
  });
  const started = event('e1', 'call.started', 0, { from: CALLER, to: LINE });
  const ringing = event('e2', 'call.ringing', 4, {
    leg_id: 'l-1',
    agents: [{ extension: '201' }, { extension: '202' }],
  });
  const answered = event('e3', 'call.answered', 9, { leg_id: 'l-1', agent: { extension: '201' } });
  const ended = event('e5', 'call.ended', 400, { ended_by: 'caller', reason: 'completed' });
  const missed = event('e5', 'call.ended', 41, { reason: 'no_answer' });
  const left = event('v1', 'voicemail.left', 50, {
    from: CALLER,
    to: LINE,
    voicemail: { id: 'vm-9', duration_ms: 47_000 },
    recording: { id: 'r-1', url: 'https://pbx.acme.example/vm/9.wav', status: 'available' },
  });

  it('46 make a case while the agent still talks, and no other when the call ends', async () => {
    await sends(generic(started), generic(ringing));
    expect(await world.cases()).toEqual([]);
    await sends(generic(answered));
    expect(await world.theCase()).toMatchObject({ category: 'open', assignee: ANA, requester: CALLER });
    await sends(generic(ended), generic(answered), generic(started));
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, assignee: ANA });
  });

  it('50 the end before the start: one call, one case', async () => {
    await sends(generic(ended), generic(answered), generic(started));
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, assignee: ANA, requester: CALLER });
    expect(await world.interactions()).toHaveLength(1);
  });

  it.each([
    ['the call, then its voicemail', [[started, missed], [left]]],
    ['the voicemail, then its call', [[left], [started, missed]]],
    ['both in one request', [[{ events: [started, missed, left] }]]],
  ])('49 %s: one case', async (_, batches) => {
    for (const batch of batches) {
      await sends(...batch.map((one) => generic(one)));
    }
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, requester: CALLER });
  });

  it('47 a blind transfer: the case is the agent’s who talked last', async () => {
    const transferred = event('e4', 'call.transferred', 60, {
      leg_id: 'l-1',
      agent: { extension: '201' },
      transfer: { kind: 'blind', agent: { email: RUI } },
    });
    const gone = event('e4b', 'leg.ended', 61, { leg_id: 'l-1', agent: { extension: '201' } });
    const taken = event('e4c', 'call.answered', 65, { leg_id: 'l-2', agent: { email: RUI } });
    await sends(generic({ events: [started, answered, transferred, gone, taken, ended] }));
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, assignee: RUI });
  });

  it('51 a call dialled from a case joins it', async () => {
    await sends(generic({ events: [started, missed] }));
    const { number } = await world.theCase();
    const from = { call_id: 'c-78', direction: 'outbound', from: LINE, to: CALLER, case: `CASE-${number}` };
    const agent = { agent: { extension: '201' }, leg_id: 'l-9' };
    const calling = [event('o1', 'call.started', 90, from), event('o2', 'call.answered', 95, { ...from, ...agent })];
    await sends(generic({ events: calling }));
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, number });
  });

  it('53 a caller who hides the number calls twice: two cases of two people', async () => {
    const hidden = (call: string, id: string, seconds: number) => ({
      ...event(id, 'call.ended', seconds, { from: { withheld: true }, to: LINE, ended_by: 'caller' }),
      call_id: call,
    });
    await sends(generic(hidden('h-1', 'h1', 0)), generic(hidden('h-2', 'h2', 60)));
    const cases = await world.cases();
    expect(cases).toHaveLength(2);
    expect(new Set(cases.map(({ requester_id: id }) => id)).size).toBe(2);
  });

  it.each([
    ['completed, ringing, started, busy', [3, 1, 0, 2]],
    ['busy, completed, started, ringing', [2, 3, 0, 1]],
    ['in their order', [0, 1, 2, 3]],
  ])('F18 completed does not mean that anybody spoke: %s', async (_, order) => {
    const four = ['initiated', 'ringing', 'busy', 'completed'].map((status, index) =>
      twilio(
        new URLSearchParams({
          CallSid: 'CAf18',
          CallStatus: status,
          Direction: 'inbound',
          From: CALLER,
          To: LINE,
          Timestamp: new Date(YESTERDAY + TEN_FIFTEEN + index * 1000).toUTCString(),
          SequenceNumber: String(index),
        }).toString(),
        '/calls',
      ),
    );
    await sends(...order.map((index) => four[index]!));
    const [call] = await world.interactions();
    expect(call).toMatchObject({ channel: 'call' });
    expect((await world.cases()).filter(({ subject }) => subject.startsWith('Call from'))).toEqual([]);
  });

  it('F20 a transfer is one call with the agent who talked last', async () => {
    await sends(...example('generic', 'transferred'));
    expect(await world.interactions()).toHaveLength(1);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, assignee: RUI });
  });

  it('F21 an outgoing call that nobody picks up is recorded, and opens no case', async () => {
    const dialled = event('o1', 'call.started', 0, {
      direction: 'outbound',
      from: LINE,
      to: CALLER,
      agent: { extension: '201' },
    });
    const unanswered = event('o2', 'call.ended', 30, { direction: 'outbound', reason: 'no_answer' });
    await sends(generic(dialled), generic(unanswered));
    expect(await world.cases()).toEqual([]);
    expect(await world.interactions()).toMatchObject([{ outcome: 'recorded:outbound' }]);
  });

  it.each([
    ['generic', 'answered', 1],
    ['zammad', 'answered', 1],
    ['talkdesk', 'answered', 1],
    ['twilio', 'answered', 1],
    ['generic', 'missed', 1],
    ['zammad', 'missed', 1],
    ['talkdesk', 'missed', 1],
    ['twilio', 'missed', 1],
  ] satisfies (readonly [ProviderName, string, number])[])(
    'a call as %s tells it: %s',
    async (provider, name, cases) => {
      await sends(...example(provider, name));
      expect(await world.cases()).toHaveLength(cases);
    },
  );

  it.each(['generic', 'talkdesk', 'twilio'] satisfies ProviderName[])(
    'a voicemail as %s tells it',
    async (provider) => {
      await sends(...example(provider, 'voicemail', '/voicemails'));
      const voicemails = (await world.interactions()).filter(({ channel }) => channel === 'voicemail');
      expect(voicemails).toHaveLength(1);
      expect(await world.cases()).toHaveLength(1);
    },
  );

  it('a form of Zammad is as good as JSON', async () => {
    await sends(zammad('event=newCall&callId=z-1&from=351210000001&to=351210000000&direction=in&user%5B%5D=Ana'));
    await sends(zammad('event=hangup&callId=z-1&from=351210000001&to=351210000000&direction=in&cause=cancel'));
    expect(await world.interactions()).toHaveLength(1);
  });
});
