import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { HmacSettings, signOwnHmac, signStandardMessage, verifyOwnHmac, verifyStandardMessage } from '#libs/webhook';
import { aRequest, genericSender, hmacSender, NOW, settingsOf } from '../testing/signed-requests.js';
import { verifyGeneric } from './verify.js';

interface Vector {
  readonly secret: string;
  readonly id: string;
  readonly timestamp: string;
  readonly body: string;
  readonly signature: string;
}
interface HmacVector extends Omit<Vector, 'timestamp'> {
  readonly timestamp: string | null;
  readonly hmac: Pick<HmacSettings, 'encoding' | 'keyEncoding' | 'separator'>;
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as unknown;
const { standardWebhooks } = read('published-vectors') as { standardWebhooks: { secret: string; vectors: Vector[] } };
const own = read('own-vectors') as { standardWebhooks: Vector; hmacHex: HmacVector; hmacTimed: HmacVector };

function messageOf({ id, timestamp, body, signature }: Omit<Vector, 'secret'>) {
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  const request = aRequest('/webhooks/generic/pbx', { headers, body });
  return { ...request, receivedAt: Number(timestamp) * 1000 };
}

describe('vectors', () => {
  it.each(standardWebhooks.vectors)('of the standard: $name', (vector) => {
    expect(signStandardMessage(standardWebhooks.secret, { ...vector, body: Buffer.from(vector.body) })).toBe(
      vector.signature,
    );
    expect(verifyStandardMessage(messageOf(vector), [standardWebhooks.secret]).verified).toBe(true);
  });

  it('of openssl', () => {
    const { standardWebhooks: vector } = own;
    expect(verifyStandardMessage(messageOf(vector), [vector.secret]).verified).toBe(true);
    for (const { secret, hmac, timestamp, body, signature } of [own.hmacHex, own.hmacTimed]) {
      expect(signOwnHmac(secret, hmac, { timestamp, body: Buffer.from(body) })).toBe(signature);
      const timestampHeader = timestamp === null ? null : 'x-time';
      const settings = settingsOf(HmacSettings, { ...hmac, header: 'x-signature', timestampHeader });
      const headers = { 'x-signature': signature, ...(timestamp === null ? {} : { 'x-time': timestamp }) };
      const request = aRequest('/webhooks/generic/pbx', { headers, body });
      expect(verifyOwnHmac(request, [secret], settings).verified).toBe(true);
    }
  });
});

const secret = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((key) => `whsec_${Buffer.from(key).toString('base64')}`);
const id = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.'), minLength: 1, maxLength: 60 });
const body = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constant('{"a":"😀"}'),
);
const runs = { numRuns: 1000 };

describe('beside the package of the standard', () => {
  it('believes what it signs', () => {
    fc.assert(
      fc.property(secret, id, body, fc.integer({ min: -300, max: 300 }), (key, name, sent, late) => {
        const at = new Date(NOW + late * 1000);
        const signature = new Webhook(key).sign(name, at, sent);
        const message = messageOf({ id: name, timestamp: String(at.getTime() / 1000), body: sent, signature });
        expect(verifyStandardMessage({ ...message, receivedAt: NOW }, [key]).verified).toBe(true);
      }),
      runs,
    );
  });

  it('is believed by it', () => {
    fc.assert(
      fc.property(secret, id, body, (key, name, sent) => {
        // The package reads the clock itself.
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = signStandardMessage(key, { id: name, timestamp, body: Buffer.from(sent) });
        const headers = { 'webhook-id': name, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
        expect(() => new Webhook(key).verify(sent, headers, { jsonParse: false })).not.toThrow();
      }),
      runs,
    );
  });
});

describe('verifyGeneric', () => {
  it('believes either secret while one is changed, and each of several signatures', () => {
    const previousSecret = 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4';
    const { connection, send, sending } = genericSender({ previousSecret });
    expect(verifyGeneric(send({ secret: previousSecret }), connection).verified).toBe(true);
    const request = send();
    const body = request.body;
    const sign = (key: string) => signStandardMessage(key, { id: 'msg_1', timestamp: sending.timestamp, body });
    const nobodys = sign('whsec_bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5');
    const several = (...signatures: string[]) => ({
      ...request,
      rawHeaders: request.rawHeaders.map((one) => (one.startsWith('v1,') ? signatures.join(' ') : one)),
    });
    expect(verifyGeneric(several(nobodys, `v1a,${nobodys}`, sign(previousSecret)), connection).verified).toBe(true);
    expect(verifyGeneric(several(nobodys, sign(sending.secret).replace('v1', 'v2')), connection).verified).toBe(false);
  });

  it.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
  ])('takes what was signed %s s off our clock: %s', (seconds, taken) => {
    for (const { connection, send } of [genericSender(), hmacSender()]) {
      const request = send({ timestamp: String(NOW / 1000 + seconds) });
      const verdict = verifyGeneric(request, connection);
      expect(verdict).toMatchObject(
        taken ? { verified: true } : { reason: 'timestamp-out-of-range', detail: 'the clocks differ by 301 s' },
      );
    }
  });

  it.each(['', ' ', '1.5', '1e9', '0x1', '-1', '+1', '01772446500', '1772446500000000', '1772446500abc'])(
    'reads no time in %j',
    (timestamp) => {
      const { connection, send } = genericSender();
      expect(verifyGeneric(send({ timestamp }), connection).verified).toBe(false);
    },
  );
});
