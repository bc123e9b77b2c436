import { describe, expect, it } from '@jest/globals';
import type { WebhookRequest } from '#libs/webhook';
import { NOW, sentBy, subjectOf, WAYS } from './testing/senders.js';

type Attack = (request: WebhookRequest) => WebhookRequest;

const IN_ADDRESS = ['salesforce', 'talkdesk', 'json'];
const BY_PASSWORD = ['pipedrive', 'json with basic'];
const SIGNED: Readonly<Record<string, readonly [signature: string, time: string]>> = {
  generic: ['webhook-signature', 'webhook-timestamp'],
  hubspot: ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'],
  'json with hmac': ['x-sign', 'x-time'],
};

const changed =
  (name: string, to: (value: string) => readonly string[]): Attack =>
  (request) => ({
    ...request,
    rawHeaders: request.rawHeaders.flatMap((one, index, all) => {
      const value = all[index + 1] ?? '';
      return index % 2 === 1
        ? []
        : one.toLowerCase() === name
          ? to(value).flatMap((next) => [one, next])
          : [one, value];
    }),
  });
const at =
  (target: (target: string) => string): Attack =>
  (request) => ({ ...request, target: target(request.target) });
const flipped = (text: string): string => text.slice(0, -5) + (text.at(-5) === 'a' ? 'b' : 'a') + text.slice(-4);

const onHeader = (name: string): Readonly<Record<string, Attack>> => ({
  'missing header': changed(name, () => []),
  'empty header': changed(name, () => ['']),
  // Of base64 the last four letters: without its padding it says the same.
  'wrong length': changed(name, (value) => [value.slice(0, -4)]),
  'flipped letter': changed(name, (value) => [flipped(value)]),
  'other case': changed(name, (value) => [value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()]),
  'header twice': changed(name, (value) => [value, value]),
  'header of 9 KiB': changed(name, (value) => [value.padEnd(9216, ' x')]),
  'header that is not ASCII': changed(name, (value) => [`${value}\u00a0`]),
});

function attacksOn(way: string): Readonly<Record<string, Attack>> {
  const signed = SIGNED[way];
  if (signed !== undefined) {
    const [signature, time] = signed;
    return {
      ...onHeader(signature),
      'flipped byte of the body': (request) => ({ ...request, body: Buffer.from(flipped(request.body.toString())) }),
      're-serialised JSON': (request) => ({
        ...request,
        body: Buffer.from(JSON.stringify(JSON.parse(request.body.toString()), null, 1)),
      }),
      'another time': changed(time, (value) => [String(Number(value) - 1)]),
      'no time': changed(time, () => ['NaN']),
      ...(way === 'hubspot' ? { 'another address': at((target) => `${target}?a=1`) } : {}),
    };
  }
  return BY_PASSWORD.includes(way)
    ? {
        ...onHeader('authorization'),
        'another scheme': changed('authorization', (value) => [value.replace('Basic', 'Bearer')]),
      }
    : {
        'missing segment': at((target) => target.slice(0, target.lastIndexOf('/'))),
        'empty segment': at((target) => target.slice(0, target.lastIndexOf('/') + 1)),
        'wrong length': at((target) => target.slice(0, -1)),
        'other case': at((target) => target.slice(0, -4) + target.slice(-4).toUpperCase()),
        'another segment': at((target) => `${target}/${target}`),
      };
}

describe.each(WAYS)('%s', (way) => {
  const { directory, connection } = subjectOf(way);

  it.each(Object.entries(attacksOn(way)))('is not believed: %s', (_, attack) => {
    const verdict = directory.verify(attack(sentBy(way)), connection);
    expect(verdict.verified).toBe(false);
    expect(JSON.stringify(verdict)).not.toMatch(/a segment of the address|client secret|a password of/);
  });
});

it.each(Object.keys(SIGNED).flatMap((way) => [-301, 301].map((seconds) => [way, seconds] as const)))(
  '%s is not believed when it was signed %s s off our clock',
  (way, seconds) => {
    const { directory, connection } = subjectOf(way);
    const verdict = directory.verify(sentBy(way, undefined, NOW + seconds * 1000), connection);
    expect(verdict).toMatchObject({ verified: false, reason: 'timestamp-out-of-range' });
  },
);

it('every way of proving oneself is in the table', () => {
  expect([...Object.keys(SIGNED), ...BY_PASSWORD, ...IN_ADDRESS].sort()).toEqual([...WAYS].sort());
});

it('a message of another organisation is not believed, nor one that names two', () => {
  const { directory, connection } = subjectOf('salesforce');
  const body = sentBy('salesforce').body.toString();
  for (const other of ['00D000000000002EAA', '00D00000000000aEAA']) {
    const request = sentBy('salesforce', body.replace('00D000000000001EAA', other));
    expect(directory.verify(request, connection)).toMatchObject({ verified: false, reason: 'tenant-mismatch' });
  }
  const two = body.replace('<ActionId>', '<OrganizationId>00D000000000001</OrganizationId><ActionId>');
  expect(directory.verify(sentBy('salesforce', two), connection)).toMatchObject({ reason: 'tenant-mismatch' });
});
