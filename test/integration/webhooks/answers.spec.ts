import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { checkCallFact, checkVoicemailFact } from '#libs/interaction';
import { PBX_SECRET, SECRETS, TALKDESK_SECRET } from '../../webhooks/acme-telephony.js';
import { saying, STARTED, TABLE } from '../../webhooks/requests-and-answers.js';
import { generic, sentBy, type ProviderName } from '../../webhooks/senders.js';
import { serveWebhooks, type WebhookServer } from '../../webhooks/serve-webhooks.js';
import { toyLog } from '../../webhooks/toy-log.js';

const log = toyLog();
let server: WebhookServer;
beforeAll(async () => {
  server = await serveWebhooks(log);
});
afterEach(() => {
  log.become('takes');
  log.go();
  log.records.length = 0;
  server.deliveries.length = 0;
});
afterAll(() => server?.close());

describe('the answers to webhooks', () => {
  it.each(TABLE)('to %s', async (_, sent, status, verdict, reason) => {
    const response = await server.post(sent());
    expect(response.status).toBe(status);
    expect(log.records).toHaveLength(status < 300 && reason === null ? 1 : 0);
    expect(server.deliveries).toHaveLength(verdict === null ? 0 : 1);
    if (verdict !== null) {
      const expected = reason === null ? null : expect.stringContaining(reason);
      expect(server.deliveries).toMatchObject([{ verdict, answer: status, reason: expected }]);
    }
    if (status >= 400) {
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const problem = (await response.json()) as object;
      expect(problem).toMatchObject({ code: reason, status });
      expect(JSON.stringify(problem)).not.toContain(encodeURIComponent(PBX_SECRET));
    }
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('to %s: 405, and what is allowed', async (method) => {
    for (const path of ['generic/pbx', 'generic/pbx/calls', `zammad/pbx/calls/${TALKDESK_SECRET}`]) {
      const response = await fetch(`${server.url}/webhooks/${path}`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expect(await response.text()).not.toContain(TALKDESK_SECRET);
    }
    expect(server.deliveries).toEqual([]);
  });

  it('names an event and its interaction, and both again when it comes again', async () => {
    const answers: { readonly delivery: string; readonly events: readonly unknown[] }[] = [];
    for (const sent of [generic(STARTED), generic(STARTED), generic({ events: [STARTED, { ...STARTED, id: 'e2' }] })]) {
      answers.push((await (await server.post(sent)).json()) as (typeof answers)[number]);
    }
    const [first, second, both] = answers;
    expect(first?.events).toEqual([{ id: 'e1', interaction_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    expect(second?.events).toEqual(first?.events);
    expect(both?.events).toMatchObject([first?.events[0], { id: 'e2' }]);
    expect(first?.delivery).toBe(server.deliveries[0]?.id);
    const ids = log.records.map(({ headers }) => headers['ce_id']);
    expect([ids.length, new Set(ids).size]).toEqual([4, 2]);
  });

  it('says which part of a body cannot be read, by its pointer', async () => {
    const events = [STARTED, { ...STARTED, occurred_at: 'yesterday' }];
    const response = await server.post(generic({ events }));
    expect(await response.json()).toMatchObject({
      code: 'invalid-event',
      errors: [{ pointer: '/events/1/occurred_at', code: 'instant' }],
    });
  });

  it('publishes each fact to the topic of its kind, wherever it came in', async () => {
    const left = {
      ...STARTED,
      id: 'v1',
      type: 'voicemail.left',
      voicemail: { id: 'vm-9' },
      recording: { id: 'r-2', status: 'available' },
    };
    await server.post(generic({ events: [STARTED, left] }, '/calls'));
    expect(log.records.map(({ topic }) => topic)).toEqual(['interactions.call.v1', 'interactions.voicemail.v1']);
  });

  it('asks for sounds before anything is published, and not for those whose connection keeps none', async () => {
    const recording = { id: 'r-1', url: 'https://pbx.acme.example/r-1.wav?key=hidden', status: 'available' };
    await server.post(generic({ ...STARTED, type: 'call.recording', recording }));
    expect(server.sounds).toMatchObject([{ fact: { recording: { id: 'r-1' } }, address: recording.url }]);
    expect(log.records.map(({ value }) => String(value)).join()).not.toContain('hidden');
    expect(JSON.stringify(server.deliveries)).not.toContain('hidden');
  });

  it('tells no secret to any record, delivery or answer', async () => {
    const answers: string[] = [];
    const forged = `{"casewright_secret":"${SECRETS[3]}","x":"${SECRETS[4]}`;
    for (const [, make] of TABLE) {
      answers.push(await (await server.post(make())).text());
      answers.push(await (await server.post(saying(forged, make()))).text());
    }
    const said =
      answers.join() + JSON.stringify(server.deliveries) + log.records.map(({ value }) => String(value)).join();
    for (const secret of SECRETS) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(encodeURIComponent(secret));
    }
  });

  it('takes the files of examples from all four providers', async () => {
    const folder = new URL('../../../examples/telephony/', import.meta.url);
    for (const provider of ['generic', 'zammad', 'talkdesk', 'twilio'] satisfies ProviderName[]) {
      const files = readdirSync(new URL(`${provider}/`, folder)).filter((name) => /\.(json|form)$/.test(name));
      expect(files.length).toBeGreaterThan(5);
      for (const file of files) {
        const below = file.startsWith('voicemail') ? '/voicemails' : '/calls';
        const text = readFileSync(new URL(`${provider}/${file}`, folder), 'utf8');
        const response = await server.post(sentBy(provider, text, below));
        expect([file, response.status]).toEqual([file, provider === 'generic' ? 202 : 200]);
      }
    }
    const facts = log.records.map(({ value }) => JSON.parse(String(value)) as { channel: string });
    expect(facts.length).toBeGreaterThan(50);
    const wrong = facts.filter(
      (fact) => !(fact.channel === 'call' ? checkCallFact(fact) : checkVoicemailFact(fact)).ok,
    );
    expect(wrong).toEqual([]);
  });
});
