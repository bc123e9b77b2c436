import { describe, expect, it } from '@jest/globals';
import { waitUntil } from '#libs/testing';
import { telephonyFile } from '../../webhooks/acme-telephony.js';
import { generic, zammad } from '../../webhooks/senders.js';
import { serveWebhooks } from '../../webhooks/serve-webhooks.js';
import { toyLog } from '../../webhooks/toy-log.js';

const STARTED = { id: 'e1', type: 'call.started', occurred_at: '2026-03-02T10:15:00Z', call_id: 'c-77' };

describe('webhooks of an application', () => {
  it('that stops answers who asked before, and tells the truth about it', async () => {
    const log = toyLog();
    const server = await serveWebhooks(log);
    log.become('waits');
    const answer = server.post(generic(STARTED));
    await waitUntil(
      () => log.waiting() === 1,
      5000,
      () => 'nothing is published',
      5,
    );
    const closed = server.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.records).toHaveLength(0);
    log.go();
    expect((await answer).status).toBe(202);
    await closed;
    expect(log.records).toHaveLength(1);
  });

  it('are open to the networks that a connection allows, as proxies of ours tell where a request comes from', async () => {
    const log = toyLog();
    const networks = `{ provider: generic, key: far, secret: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY4, allowedNetworks: [198.51.100.0/24] }`;
    const server = await serveWebhooks(log, {
      file: telephonyFile(`  - ${networks}\ntrustedProxies: [127.0.0.1]`),
    });
    const from = async (forwarded: string | null) => {
      const { headers, body } = generic(STARTED);
      const more: Record<string, string> = forwarded === null ? {} : { 'x-forwarded-for': forwarded };
      const path = '/webhooks/generic/far';
      return (await server.post({ path, headers: { ...headers, ...more }, body })).status;
    };
    try {
      expect(await from(null)).toBe(403);
      expect(await from('203.0.113.9')).toBe(403);
      // Written by somebody before our proxy.
      expect(await from('198.51.100.7, 203.0.113.9')).toBe(403);
      expect(server.deliveries.map(({ reason }) => reason)).toEqual(Array(3).fill('network-not-allowed'));
      // Its network is right, its signature is not.
      expect(await from('203.0.113.9, 198.51.100.7')).toBe(403);
      expect(server.deliveries.at(-1)?.reason).toBe('signature-mismatch');
      expect((await server.post(zammad({ event: 'newCall', callId: 'c-1' }))).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});
