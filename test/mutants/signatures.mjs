const WEBHOOK = 'libs/webhook/src';
const TELEPHONY = 'libs/telephony/src';
const NEGATIVE = `${TELEPHONY}/negative-table.spec.ts`;
const BESIDE_TWILIO = `${TELEPHONY}/twilio/verify-beside-twilio.spec.ts`;
const BESIDE_STANDARD = `${TELEPHONY}/generic/verify-beside-standardwebhooks.spec.ts`;

/** What makes a verifier of webhooks believe somebody else, or disbelieve the provider. */
export const SIGNATURE_MUTANTS = [
  {
    name: 'S-1',
    rule: 'a secret in an address is compared',
    file: `${WEBHOOK}/request/constant-time.ts`,
    find: 'timingSafeEqual(digestOf(one), digest)',
    replace: '(timingSafeEqual(digestOf(one), digest) || true)',
    spec: NEGATIVE,
  },
  {
    name: 'S-2',
    rule: 'what was signed long ago, or will be, is refused',
    file: `${WEBHOOK}/request/timestamp.ts`,
    find: 'return Math.abs(behind) <= toleranceSeconds',
    replace: 'return Math.abs(behind) <= toleranceSeconds * 1e6',
    spec: NEGATIVE,
  },
  {
    name: 'S-3',
    rule: 'the tolerance holds both ways',
    file: `${WEBHOOK}/request/timestamp.ts`,
    find: 'return Math.abs(behind) <= toleranceSeconds',
    replace: 'return behind <= toleranceSeconds',
    spec: NEGATIVE,
  },
  {
    name: 'S-4',
    rule: 'Twilio signs its fields sorted by name',
    file: `${TELEPHONY}/twilio/signature.ts`,
    find: '[...fields.keys()].sort()',
    replace: '[...fields.keys()]',
    spec: BESIDE_TWILIO,
  },
  {
    name: 'S-5',
    rule: 'the signature is over the raw body, not over what was read of it',
    file: `${WEBHOOK}/signing/standard-webhooks.ts`,
    find: ".update(body).digest('base64')",
    replace: ".update(JSON.stringify(JSON.parse(body.toString('utf8')))).digest('base64')",
    spec: NEGATIVE,
  },
  {
    name: 'S-6',
    rule: 'the secret before counts while it is changed',
    file: `${WEBHOOK}/settings/secrets.ts`,
    find: '[current, previous]',
    replace: '[current]',
    spec: BESIDE_STANDARD,
  },
  {
    name: 'S-7',
    rule: 'the address is that of publicUrl, whatever Host says',
    file: `${TELEPHONY}/twilio/verify.ts`,
    find: "calledAddress(connection.publicUrl ?? '', request.target)",
    replace: "calledAddress(`https://${headerValues(request, 'host')[0] ?? 'hooks.acme.example'}`, request.target)",
    spec: NEGATIVE,
  },
  {
    name: 'S-8',
    rule: 'the hash in the address is that of the body',
    file: `${TELEPHONY}/twilio/verify.ts`,
    find: "isSame(createHash('sha256').update(request.body).digest('hex'), bodyHash) ? NO_FIELDS : null",
    replace: "isSame(createHash('sha256').update(request.body).digest('hex'), bodyHash) ? NO_FIELDS : NO_FIELDS",
    spec: NEGATIVE,
  },
  {
    name: 'S-9',
    rule: 'a body that nothing signs is not believed',
    file: `${TELEPHONY}/twilio/verify.ts`,
    find: 'readForm(request.body) : null;',
    replace: 'readForm(request.body) : NO_FIELDS;',
    spec: BESIDE_TWILIO,
  },
  {
    name: 'S-10',
    rule: 'a header of the signature comes once',
    file: `${WEBHOOK}/request/signature-headers.ts`,
    find: 'values.length > 1 || ',
    replace: '',
    spec: NEGATIVE,
  },
  {
    name: 'S-11',
    rule: 'Twilio signs a value that comes twice once',
    file: `${TELEPHONY}/twilio/signature.ts`,
    find: '[...new Set(values)].sort()',
    replace: '[...values].sort()',
    spec: BESIDE_TWILIO,
  },
  {
    name: 'S-12',
    rule: 'the constant of a template is compared where there is one',
    file: `${TELEPHONY}/talkdesk/verify.ts`,
    find: 'bodySecret === null) {',
    replace: "bodySecret !== '') {",
    spec: NEGATIVE,
  },
  {
    name: 'S-13',
    rule: 'a signature is compared',
    file: `${WEBHOOK}/request/constant-time.ts`,
    find: 'timingSafeEqual(Buffer.from(one), bytes)',
    replace: '(timingSafeEqual(Buffer.from(one), bytes) || true)',
    spec: NEGATIVE,
  },
];
