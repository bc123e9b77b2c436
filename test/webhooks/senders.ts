import { createHmac, randomUUID } from 'node:crypto';
import {
  PBX_SECRET,
  PUBLIC_URL,
  SIGNING_SECRET,
  TALKDESK_CONSTANT,
  TALKDESK_SECRET,
  TWILIO_TOKEN,
} from './acme-telephony.js';

/** A request as a telephone system sends it, before it is sent. */
export interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Which address below the connection's own it was given. */
export type Below = '' | '/calls' | '/voicemails';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** Signed as Standard Webhooks 1.0 says, by code of its own. */
export function generic(event: object | string, below: Below = '', id = `msg-${randomUUID()}`): Sent {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return { path: `/webhooks/generic/pbx${below}`, headers: { ...JSON_TYPE, ...signatureOf(id, body) }, body };
}

/** The three headers of Standard Webhooks over any bytes. */
export function signatureOf(id: string, body: string | Buffer, at = Date.now()): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(SIGNING_SECRET.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

export function zammad(body: object | string, below: Below = '/calls'): Sent {
  const path = `/webhooks/zammad/pbx${below}/${encodeURIComponent(PBX_SECRET)}`;
  return typeof body === 'string'
    ? { path, headers: FORM_TYPE, body }
    : { path, headers: JSON_TYPE, body: JSON.stringify(body) };
}

export function talkdesk(body: object, below: Below = ''): Sent {
  const whole = { ...body, casewright_secret: TALKDESK_CONSTANT };
  return {
    path: `/webhooks/talkdesk/main${below}/${TALKDESK_SECRET}`,
    headers: JSON_TYPE,
    body: JSON.stringify(whole),
  };
}

/** The fields of a form, signed over the address and the fields sorted by their names; `signedFor`: where it was to go. */
export function twilio(form: string, below: Below = '', query = '', signedFor = PUBLIC_URL): Sent {
  const path = `/webhooks/twilio/main${below}${query}`;
  const fields = [...new URLSearchParams(form)].sort(([one], [other]) => (one < other ? -1 : 1));
  const text = signedFor + path + fields.map(([name, value]) => name + value).join('');
  const signature = createHmac('sha1', TWILIO_TOKEN).update(text).digest('base64');
  return { path, headers: { ...FORM_TYPE, 'x-twilio-signature': signature }, body: form };
}

export type ProviderName = 'generic' | 'zammad' | 'talkdesk' | 'twilio';

/** What a provider sends that has this body; `text` is JSON, or a form where it does not begin with a brace. */
export function sentBy(provider: ProviderName, text: string, below: Below = ''): Sent {
  const isForm = !text.trimStart().startsWith('{');
  switch (provider) {
    case 'generic':
      return generic(text, below);
    case 'zammad':
      return zammad(isForm ? text.trim() : (JSON.parse(text) as object), below);
    case 'talkdesk':
      return talkdesk(JSON.parse(text) as object, below);
    case 'twilio':
      return twilio(text.trim(), below);
  }
}
