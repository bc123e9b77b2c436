/** A connection of each provider, as a configuration file has them. */
export const PUBLIC_URL = 'https://hooks.acme.example';
export const SIGNING_SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
export const PBX_SECRET = 'a-segment-of-the-pbx/çã';
export const TALKDESK_SECRET = 'a-segment-of-talkdesk';
export const TALKDESK_CONSTANT = 'a constant of the template';
export const TWILIO_TOKEN = '0123456789abcdef0123456789abcdef';
export const ACCOUNT_SID = 'AC0123456789abcdef0123456789abcdef';

export const SECRETS = [SIGNING_SECRET, PBX_SECRET, TALKDESK_SECRET, TALKDESK_CONSTANT, TWILIO_TOKEN];

/** `more` are further settings of the account's file. */
export function telephonyFile(more = ''): string {
  return `
account: { name: Acme, timeZone: Europe/Lisbon, defaultCountry: PT, callSettleSeconds: 0 }
groups: [ { name: Support, strategy: round_robin }, { name: Sales } ]
agents:
  - { email: ana@acme.example, name: Ana, groups: [Support], extensions: ['201'] }
  - { email: rui@acme.example, name: Rui, groups: [Support], extensions: ['202'] }
telephony:
  - { provider: generic, key: pbx, secret: ${SIGNING_SECRET}, numbers: [ { number: '+351210000000', group: Support } ] }
  - { provider: zammad, key: pbx, publicUrl: ${PUBLIC_URL}, secret: '${PBX_SECRET}', group: Support }
  - { provider: talkdesk, key: main, publicUrl: ${PUBLIC_URL}, secret: ${TALKDESK_SECRET}, bodySecret: ${TALKDESK_CONSTANT}, group: Support }
  - { provider: twilio, key: main, publicUrl: ${PUBLIC_URL}, authToken: '${TWILIO_TOKEN}', accountSid: ${ACCOUNT_SID}, group: Support }
${more}`;
}
