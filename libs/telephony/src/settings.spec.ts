import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { PROVIDERS } from './index.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const SIGNING = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
const HMAC = { header: 'X-Signature', encoding: 'hex' };

function problemsOf(provider: string, plain: object): string[] {
  const settings = PROVIDERS.find(({ name }) => name === provider)!.settings;
  const options = { whitelist: true, forbidNonWhitelisted: true };
  const errors = validateSync(plainToInstance(settings, plain), options);
  return errors.flatMap(({ property, children = [] }) => [
    ...(children.length === 0 ? [property] : children.map((child) => `${property}.${child.property}`)),
  ]);
}

describe('the settings of a connection', () => {
  it.each([
    ['generic', { secret: SIGNING }],
    ['generic', { secret: SIGNING, previousSecret: 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4' }],
    ['generic', { secret: 'a secret of the system', hmac: HMAC }],
    ['generic', { secret: TOKEN, hmac: { ...HMAC, keyEncoding: 'hex', separator: '|', timestampHeader: 'X-Time' } }],
    ['zammad', { secret: TOKEN }],
    ['talkdesk', { secret: TOKEN, bodySecret: SIGNING }],
    ['twilio', { authToken: TOKEN, accountSid: `AC${TOKEN}` }],
  ])('of %s are good: %j', (provider, plain) => {
    expect(problemsOf(provider, plain)).toEqual([]);
  });

  it.each([
    ['generic', {}, ['secret']],
    ['generic', { secret: TOKEN }, ['secret']],
    ['generic', { secret: 'whsec_dG9vIHNob3J0' }, ['secret']],
    ['generic', { secret: `whsec_${Buffer.alloc(65).toString('base64')}` }, ['secret']],
    ['generic', { secret: SIGNING, previousSecret: SIGNING }, ['previousSecret']],
    ['generic', { secret: 'short', hmac: HMAC }, ['secret']],
    ['generic', { secret: 'no hex digits at all', hmac: { ...HMAC, keyEncoding: 'hex' } }, ['secret']],
    ['generic', { secret: 'a secret of the system', hmac: { ...HMAC, encoding: 'rot13' } }, ['hmac.encoding']],
    ['generic', { secret: SIGNING, authToken: TOKEN }, ['authToken']],
    ['zammad', { secret: 'fifteen letters' }, ['secret']],
    ['zammad', { secret: ` ${TOKEN}` }, ['secret']],
    ['zammad', { secret: 12_345_678_901_234_567_890n }, ['secret']],
    ['talkdesk', { secret: TOKEN, bodySecret: TOKEN }, ['bodySecret']],
    ['twilio', { authToken: TOKEN }, ['accountSid']],
    [
      'twilio',
      { authToken: TOKEN, accountSid: `AC${TOKEN}`, api: { apiKey: 'SK1', apiSecret: TOKEN } },
      ['api.apiKey'],
    ],
  ])('of %s are told to be wrong (case %#)', (provider, plain, properties) => {
    expect(problemsOf(provider, plain)).toEqual(properties);
  });
});
