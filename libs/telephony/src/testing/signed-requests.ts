import 'reflect-metadata';
import { createHash } from 'node:crypto';
import type { Connection } from '../provider.js';
import { signOwnHmac } from '../generic/own-hmac.js';
import { GenericSettings, HmacSettings } from '../generic/settings.js';
import { signStandardMessage } from '../generic/standard-webhooks.js';
import { NO_FIELDS, readForm } from '../request/form.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import { BODY_SECRET } from '../talkdesk/verify.js';
import { TalkdeskSettings } from '../talkdesk/settings.js';
import { TwilioSettings } from '../twilio/settings.js';
import { twilioSignature } from '../twilio/signature.js';
import { ZammadSettings } from '../zammad/settings.js';

/** When the requests of tests come: 2 March 2026, 10:15 UTC. */
export const NOW = Date.UTC(2026, 2, 2, 10, 15);
export const PUBLIC_URL = 'https://hooks.acme.example';

/** What a sender may do differently before it signs. */
export interface Sending {
  readonly secret: string;
  /** Seconds since 1970, or what else stands in the header. */
  readonly timestamp: string;
  readonly body: string;
  readonly publicUrl: string;
}

/** A connection and somebody who calls it as its provider does. */
export interface Sender<Settings extends object = object> {
  readonly connection: Connection<Settings>;
  readonly sending: Sending;
  readonly signatureHeader: string | null;
  send(changes?: Partial<Sending>): WebhookRequest;
}

export function aRequest(
  target: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): WebhookRequest {
  return { body: Buffer.from(body, 'utf8'), rawHeaders: Object.entries(headers).flat(), target, receivedAt: NOW };
}

export function settingsOf<Settings extends object>(type: new () => Settings, plain: Partial<Settings>): Settings {
  return Object.assign(new type(), plain);
}

function aSender<Settings extends object>(
  connection: Connection<Settings>,
  { secret, body, signatureHeader }: { secret: string; body: string; signatureHeader: string | null },
  write: (sending: Sending) => WebhookRequest,
): Sender<Settings> {
  const sending = { secret, timestamp: String(NOW / 1000), body, publicUrl: PUBLIC_URL };
  return { connection, sending, signatureHeader, send: (changes = {}) => write({ ...sending, ...changes }) };
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const EVENT = '{"id":"e1","type":"call.started","occurred_at":"2026-03-02T10:15:00Z","call_id":"c-77", "from":"João"}';

export function genericSender(plain: Partial<GenericSettings> = {}): Sender<GenericSettings> {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
  const settings = settingsOf(GenericSettings, { secret, ...plain });
  const connection = { provider: 'generic', key: 'pbx', publicUrl: null, settings };
  return aSender(connection, { secret, body: EVENT, signatureHeader: 'webhook-signature' }, (sending) => {
    const id = 'msg_1';
    const { timestamp } = sending;
    const signature = signStandardMessage(sending.secret, { id, timestamp, body: Buffer.from(sending.body) });
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    return aRequest('/webhooks/generic/pbx/calls', { headers: { ...JSON_TYPE, ...headers }, body: sending.body });
  });
}

export function hmacSender(plain: Partial<HmacSettings> = {}): Sender<GenericSettings> {
  const own = { header: 'X-PS-Signature', encoding: 'hex', timestampHeader: 'X-PS-Time', ...plain } as const;
  const hmac = settingsOf(HmacSettings, own);
  const secret = 'a secret of the telephone system';
  const settings = settingsOf(GenericSettings, { secret, hmac });
  const connection = { provider: 'generic', key: 'old-pbx', publicUrl: null, settings };
  return aSender(connection, { secret, body: EVENT, signatureHeader: hmac.header }, (sending) => {
    const timestamp = hmac.timestampHeader === null ? null : sending.timestamp;
    const signature = signOwnHmac(sending.secret, hmac, { timestamp, body: Buffer.from(sending.body) });
    const time = hmac.timestampHeader === null ? {} : { [hmac.timestampHeader]: sending.timestamp };
    const headers = { ...JSON_TYPE, [hmac.header]: signature, ...time };
    return aRequest('/webhooks/generic/old-pbx', { headers, body: sending.body });
  });
}

const CALL = 'CallSid=CA1&CallStatus=completed&From=%2B351210000001&To=%2B351210000000&Digits=5&Digits=12&Digits=5';

export function twilioSender(
  as: 'form' | 'json' = 'form',
  plain: Partial<TwilioSettings> = {},
): Sender<TwilioSettings> {
  const authToken = '0123456789abcdef0123456789abcdef';
  const settings = settingsOf(TwilioSettings, { authToken, accountSid: `AC${authToken}`, ...plain });
  const connection = { provider: 'twilio', key: 'main', publicUrl: PUBLIC_URL, settings };
  const body = as === 'form' ? CALL : '{"CallSid": "CA1", "CallStatus": "completed"}';
  return aSender(connection, { secret: authToken, body, signatureHeader: 'X-Twilio-Signature' }, (sending) => {
    const hash = createHash('sha256').update(sending.body).digest('hex');
    const target = `/webhooks/twilio/main/calls?tenant=1${as === 'form' ? '' : `&bodySHA256=${hash}`}`;
    const fields = as === 'form' ? readForm(Buffer.from(sending.body)) : NO_FIELDS;
    const signature = twilioSignature(sending.secret, sending.publicUrl + target, fields);
    const type = as === 'form' ? { 'content-type': 'application/x-www-form-urlencoded' } : JSON_TYPE;
    return aRequest(target, { headers: { ...type, 'X-Twilio-Signature': signature }, body: sending.body });
  });
}

export function zammadSender(plain: Partial<ZammadSettings> = {}): Sender<ZammadSettings> {
  const secret = 'PhXp3ZG63QyJfcb1/ção';
  const settings = settingsOf(ZammadSettings, { secret, ...plain });
  const connection = { provider: 'zammad', key: 'pbx', publicUrl: PUBLIC_URL, settings };
  const body =
    '{"event":"hangup","callId":"c-1","from":"anonymous","to":"351210000000","direction":"in","cause":"cancel"}';
  return aSender(connection, { secret, body, signatureHeader: null }, (sending) =>
    aRequest(`/webhooks/zammad/pbx/${encodeURIComponent(sending.secret)}`, { headers: JSON_TYPE, body: sending.body }),
  );
}

export function talkdeskSender(plain: Partial<TalkdeskSettings> = {}): Sender<TalkdeskSettings> {
  const secret = 'a-segment-of-the-address';
  const settings = settingsOf(TalkdeskSettings, { secret, bodySecret: 'a constant of the template', ...plain });
  const connection = { provider: 'talkdesk', key: 'main', publicUrl: PUBLIC_URL, settings };
  const body = JSON.stringify({
    event: 'inboundCallEnds',
    call_id: 'c-1',
    [BODY_SECRET]: 'a constant of the template',
  });
  return aSender(connection, { secret, body, signatureHeader: null }, (sending) =>
    aRequest(`/webhooks/talkdesk/main/calls/${sending.secret}`, { headers: JSON_TYPE, body: sending.body }),
  );
}
