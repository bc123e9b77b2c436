import 'reflect-metadata';
import { type Connection, HmacSettings, signatureHeadersOf, SigningSettings, type WebhookRequest } from '#libs/webhook';
import { TalkdeskSettings } from '../talkdesk/settings.js';
import { talkdeskVendor } from '../talkdesk/vendor.js';
import { BODY_SECRET } from '../talkdesk/verify.js';
import { TwilioSettings } from '../twilio/settings.js';
import { signForTwilio } from '../twilio/vendor.js';
import type { SignedRequest, ToldRequest, Vendor } from '../vendor.js';
import { ZammadSettings } from '../zammad/settings.js';
import { zammadVendor } from '../zammad/vendor.js';

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

const asSent = ({ target, headers, body }: SignedRequest) => aRequest(target, { headers, body });

/** As a system that signs nothing sends it, with what the sender does differently. */
function sentBy<Settings extends { readonly secret: string }>(
  vendor: Vendor<Settings>,
  connection: Connection<Settings>,
  path: ToldRequest['path'],
) {
  return ({ secret, body }: Sending): WebhookRequest => {
    const changed = { ...connection, settings: { ...connection.settings, secret } };
    return asSent(vendor.sign({ path, contentType: 'application/json', body, id: 'msg_1' }, changed, NOW));
  };
}

/** The time is signed as it is written, whatever stands there. */
function signedGeneric(settings: SigningSettings, target: string) {
  return ({ secret, timestamp, body }: Sending): WebhookRequest => {
    const signed = signatureHeadersOf({ id: 'msg_1', body }, { ...settings, secret }, timestamp);
    return aRequest(target, { headers: { 'content-type': 'application/json; charset=utf-8', ...signed }, body });
  };
}

function aSender<Settings extends object>(
  connection: Connection<Settings>,
  { secret, body, signatureHeader }: { secret: string; body: string; signatureHeader: string | null },
  write: (sending: Sending) => WebhookRequest,
): Sender<Settings> {
  const sending = { secret, timestamp: String(NOW / 1000), body, publicUrl: PUBLIC_URL };
  return { connection, sending, signatureHeader, send: (changes = {}) => write({ ...sending, ...changes }) };
}

const EVENT = '{"id":"e1","type":"call.started","occurred_at":"2026-03-02T10:15:00Z","call_id":"c-77", "from":"João"}';

export function genericSender(plain: Partial<SigningSettings> = {}): Sender<SigningSettings> {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
  const settings = settingsOf(SigningSettings, { secret, ...plain });
  const connection = { provider: 'generic', key: 'pbx', publicUrl: null, settings };
  const signed = signedGeneric(settings, '/webhooks/generic/pbx/calls');
  return aSender(connection, { secret, body: EVENT, signatureHeader: 'webhook-signature' }, signed);
}

export function hmacSender(plain: Partial<HmacSettings> = {}): Sender<SigningSettings> {
  const own = { header: 'X-PS-Signature', encoding: 'hex', timestampHeader: 'X-PS-Time', ...plain } as const;
  const hmac = settingsOf(HmacSettings, own);
  const secret = 'a secret of the telephone system';
  const settings = settingsOf(SigningSettings, { secret, hmac });
  const connection = { provider: 'generic', key: 'old-pbx', publicUrl: null, settings };
  const signed = signedGeneric(settings, '/webhooks/generic/old-pbx');
  return aSender(connection, { secret, body: EVENT, signatureHeader: hmac.header }, signed);
}

const CALL = 'CallSid=CA1&CallStatus=completed&From=%2B351210000001&To=%2B351210000000&Digits=5&Digits=12&Digits=5';

export function twilioSender(
  as: 'form' | 'json' = 'form',
  plain: Partial<TwilioSettings> = {},
): Sender<TwilioSettings> {
  const authToken = '0123456789abcdef0123456789abcdef';
  const settings = settingsOf(TwilioSettings, {
    authToken,
    accountSid: 'ACfedcba9876543210fedcba9876543210',
    ...plain,
  });
  const connection = { provider: 'twilio', key: 'main', publicUrl: PUBLIC_URL, settings };
  const contentType = as === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  const body = as === 'form' ? CALL : '{"CallSid": "CA1", "CallStatus": "completed"}';
  return aSender(connection, { secret: authToken, body, signatureHeader: 'X-Twilio-Signature' }, (sending) => {
    const to = { ...sending, authToken: sending.secret, target: '/webhooks/twilio/main/calls?tenant=1' };
    return asSent(signForTwilio({ contentType, body: sending.body }, to));
  });
}

export function zammadSender(plain: Partial<ZammadSettings> = {}): Sender<ZammadSettings> {
  const secret = 'PhXp3ZG63QyJfcb1/ção';
  const settings = settingsOf(ZammadSettings, { secret, ...plain });
  const connection = { provider: 'zammad', key: 'pbx', publicUrl: PUBLIC_URL, settings };
  const body =
    '{"event":"hangup","callId":"c-1","from":"anonymous","to":"351210000000","direction":"in","cause":"cancel"}';
  return aSender(connection, { secret, body, signatureHeader: null }, sentBy(zammadVendor, connection, ''));
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
  return aSender(connection, { secret, body, signatureHeader: null }, sentBy(talkdeskVendor, connection, 'calls'));
}
