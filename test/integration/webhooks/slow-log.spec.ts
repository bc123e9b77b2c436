import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '#libs/testing';
import { generic, twilio } from '../../webhooks/senders.js';
import { serveWebhooks, type WebhookServer } from '../../webhooks/serve-webhooks.js';
import { toyLog } from '../../webhooks/toy-log.js';

const log = toyLog();
let server: WebhookServer;
beforeAll(async () => {
  server = await serveWebhooks(log);
});
afterEach(async () => {
  log.become('takes');
  log.go();
  // What waited becomes durable a moment later.
  await new Promise((resolve) => setImmediate(resolve));
  log.records.length = 0;
  server.deliveries.length = 0;
});
afterAll(() => server?.close());

const STARTED = { id: 'e1', type: 'call.started', occurred_at: '2026-03-02T10:15:00Z', call_id: 'c-77' };
const FORM = 'CallSid=CA1&CallStatus=ringing&From=%2B351210000001&To=%2B351210000000&Direction=inbound';

describe('a log that does not take records', () => {
  it('is gone: 503, come again in five seconds, and never 429', async () => {
    log.become('fails');
    const response = await server.post(generic(STARTED));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.text()).not.toContain('broker');
    expect(server.deliveries).toMatchObject([{ verdict: 'overload', answer: 503, eventIds: ['e1'] }]);
  });

  it('is slow: 503 after two and a half seconds', async () => {
    log.become('waits');
    const begun = performance.now();
    const response = await server.post(twilio(FORM));
    const took = performance.now() - begun;
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(took).toBeGreaterThan(2400);
    expect(took).toBeLessThan(6000);
  });

  it('answers nobody before the facts are durable', async () => {
    log.become('waits');
    let answered = false;
    const answer = server.post(generic(STARTED)).finally(() => (answered = true));
    await waitUntil(
      () => log.waiting() === 1,
      5000,
      () => 'nothing is published',
      5,
    );
    expect([answered, log.records.length]).toEqual([false, 0]);
    log.go();
    expect((await answer).status).toBe(202);
    expect(log.records).toHaveLength(1);
  });

  it('takes no more than a thousand who wait, and takes them again when there is room', async () => {
    log.become('waits');
    const statuses: number[] = [];
    const answers = Array.from({ length: 1003 }, async () => {
      statuses.push((await server.post(generic(STARTED))).status);
    });
    await waitUntil(
      () => statuses.length >= 3,
      20_000,
      () => `${log.waiting()} wait, ${statuses.length} were answered`,
      5,
    );
    expect(statuses.every((status) => status === 503)).toBe(true);
    expect(log.waiting()).toBeLessThanOrEqual(1000);
    log.become('takes');
    log.go();
    await Promise.all(answers);
    expect((await server.post(generic(STARTED))).status).toBe(202);
  });
});
