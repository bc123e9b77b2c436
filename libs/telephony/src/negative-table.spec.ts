import { createHmac } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readForm } from '#libs/webhook';
import { PROVIDERS } from './index.js';
import {
  ATTACKS,
  attacksOnSegment,
  attacksOnSignature,
  attacksOnTime,
  withFlippedBody,
  withHeader,
  withSerialisedAnew,
  type Row,
} from './testing/attacks.js';
import {
  genericSender,
  hmacSender,
  NOW,
  talkdeskSender,
  twilioSender,
  zammadSender,
  type Sender,
} from './testing/signed-requests.js';
import { twilioSignature } from './twilio/signature.js';

const MISMATCH = 'signature-mismatch';
const NOT_SIGNED = {
  address: 'the scheme signs no address',
  time: 'the scheme signs no time: keys of repetition stand',
};
const NO_JWT = 'no token, and no key that is public';

/** A sender whose signature an odd alphabet would change: it holds `+` or `/`. */
function withBothAlphabets(sender: Sender, body: (number: number) => string): Sender {
  const senders = Array.from({ length: 50 }, (_, number) => ({
    ...sender,
    send: () => sender.send({ body: body(number) }),
  }));
  return senders.find((one) => /[+/]/.test(signatureOf(one)))!;
}

function inUrlAlphabet(sender: Sender, body = (number: number) => `{"n": ${number}}`) {
  const change = (signature: string) => signature.replaceAll('+', '-').replaceAll('/', '_');
  return resigned(withBothAlphabets(sender, body), change);
}

function signatureOf(sender: Sender): string {
  let signature = '';
  withHeader(sender.send(), sender.signatureHeader!, (value) => [(signature = value)]);
  return signature;
}

function resigned(sender: Sender, change: (signature: string) => string) {
  return {
    request: withHeader(sender.send(), sender.signatureHeader!, (value) => [change(value)]),
    reason: MISMATCH,
  } as const;
}

function withHost(sender: Sender, host: string) {
  const request = sender.send({ publicUrl: `https://${host}` });
  const forged = ['Host', host, 'X-Forwarded-Host', host, 'X-Forwarded-Proto', 'https', 'Forwarded', `host=${host}`];
  return { request: { ...request, rawHeaders: [...request.rawHeaders, ...forged] }, reason: MISMATCH } as const;
}

const generic = genericSender();
const standardKey = Buffer.from(generic.sending.secret.slice('whsec_'.length), 'base64');
const standard: Row = {
  ...attacksOnSignature(generic),
  ...attacksOnTime(generic),
  'other case': resigned(generic, (value) => value.toUpperCase().replace('V1', 'v1')),
  'base64url instead of base64': inUrlAlphabet(generic),
  'another address': NOT_SIGNED.address,
  'algorithm none': resigned(generic, (value) => value.replace('v1,', 'none,')),
  'another algorithm with the same key': resigned(generic, () => {
    const signed = `msg_1.${NOW / 1000}.${generic.sending.body}`;
    return `v1,${createHmac('sha1', standardKey).update(signed).digest('base64')}`;
  }),
  'HS/RS confusion': NO_JWT,
  're-serialised JSON': { request: withSerialisedAnew(generic.send()), reason: MISMATCH },
  'Host instead of publicUrl': NOT_SIGNED.address,
};

const ownHmac = hmacSender();
const own: Row = {
  ...attacksOnSignature(ownHmac),
  ...attacksOnTime(ownHmac),
  'other case': resigned(ownHmac, (value) => value.toUpperCase()),
  'base64url instead of base64': 'the signature is written in hex',
  'another address': NOT_SIGNED.address,
  'algorithm none': resigned(ownHmac, () => 'none'),
  'another algorithm with the same key': resigned(ownHmac, () =>
    createHmac('sha512', ownHmac.sending.secret)
      .update(`${NOW / 1000}.${ownHmac.sending.body}`)
      .digest('hex'),
  ),
  'HS/RS confusion': NO_JWT,
  're-serialised JSON': { request: withSerialisedAnew(ownHmac.send()), reason: MISMATCH },
  'Host instead of publicUrl': NOT_SIGNED.address,
};

function twilioRow(sender: Sender): Row {
  const request = sender.send();
  const algorithm = ['X-Twilio-Webhooks-Signature-Settings', 'key=webhooks_sharedkey_1,algorithm=none'];
  const { body, secret, publicUrl } = sender.sending;
  return {
    ...attacksOnSignature(sender),
    'other case': resigned(sender, (value) => value.toUpperCase()),
    'base64url instead of base64': inUrlAlphabet(sender, (number) =>
      body.startsWith('{') ? `{"n": ${number}}` : `n=${number}`,
    ),
    'another address': {
      request: { ...request, target: request.target.replace('tenant=1', 'tenant=2') },
      reason: MISMATCH,
    },
    'old timestamp': NOT_SIGNED.time,
    'future timestamp': NOT_SIGNED.time,
    'NaN timestamp': NOT_SIGNED.time,
    'algorithm none': {
      request: { ...request, rawHeaders: [...request.rawHeaders, ...algorithm] },
      reason: 'signature-unreadable',
    },
    'another algorithm with the same key': resigned(sender, () =>
      twilioSignature(secret, publicUrl + request.target, readForm(Buffer.from(body)), 'sha256'),
    ),
    'HS/RS confusion': NO_JWT,
    're-serialised JSON': body.startsWith('{')
      ? { request: withSerialisedAnew(request), reason: MISMATCH }
      : 'the body is a form',
    'Host instead of publicUrl': withHost(sender, 'evil.example'),
  };
}

const talkdesk = talkdeskSender();
const TABLE: readonly (readonly [string, Sender, Row])[] = [
  ['generic', generic, standard],
  ['generic with hmac', ownHmac, own],
  ['zammad', zammadSender(), attacksOnSegment(zammadSender())],
  [
    'talkdesk',
    talkdesk,
    {
      ...attacksOnSegment(talkdesk),
      'flipped byte of the body': { request: withFlippedBody(talkdesk.send()), reason: 'secret-mismatch' },
    },
  ],
  ['twilio with a form', twilioSender(), twilioRow(twilioSender())],
  ['twilio with JSON', twilioSender('json'), twilioRow(twilioSender('json'))],
];

let tried = 0;
let impossible = 0;
afterAll(() => {
  process.stdout.write(`negative table: ${tried} attacks refused, ${impossible} that cannot be made\n`);
});

describe.each(TABLE)('%s', (_, { connection, ...sender }, row) => {
  const provider = PROVIDERS.find(({ name }) => name === connection.provider)!;

  it('is believed when nobody changed anything', () => {
    expect(provider.verify(sender.send(), connection)).toMatchObject({ verified: true });
  });

  it.each(ATTACKS)('is not believed: %s', (attack) => {
    const cell = row[attack];
    if (typeof cell === 'string') {
      impossible += 1;
      expect(cell).toMatch(/^[a-z].{8,}/);
      return;
    }
    const verdict = provider.verify(cell.request, connection);
    expect(verdict).toMatchObject({ verified: false, reason: cell.reason });
    // Whatever is told about it goes to logs and metrics.
    expect(JSON.stringify(verdict)).not.toContain(sender.sending.secret);
    tried += 1;
  });
});
