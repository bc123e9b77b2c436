import { describe, expect, it } from '@jest/globals';
import { recordingWarnings } from './recording-warnings.js';

const finding = (failure: string, given: object = {}) => ({
  connection: 'twilio/main',
  failure,
  host: 'api.twilio.com',
  count: 3,
  lastAt: new Date('2026-03-02T10:00:00Z'),
  isOver: false,
  ...given,
});
const sentences = (...findings: ReturnType<typeof finding>[]) =>
  recordingWarnings(findings).map(({ sentence }) => sentence);

describe('what an operator has to do about recordings', () => {
  it('is said of credentials, with whom, how often and since when', () => {
    expect(sentences(finding('auth'))).toEqual([
      '3 recordings of twilio/main could not be fetched, the last at 2026-03-02T10:00:00.000Z: api.twilio.com does not take our credentials, correct those of the connection.',
    ]);
  });

  it.each(['host_not_allowed', 'private_address', 'not_https'])('names the host to be added: %s', (failure) => {
    const [sentence] = sentences(finding(failure, { count: 1, host: 'pbx.acme.local' }));
    expect(sentence).toMatch(/^A recording of twilio\/main .* add (it|pbx\.acme\.local) to its recordingHosts/);
    expect(sentence).toContain('pbx.acme.local');
  });

  it('is nothing once a recording was fetched again, and nothing about what is a recording’s own', () => {
    const own = ['not_audio', 'too_large', 'expired', 'not_found', 'http_503', 'constructor'].map((one) =>
      finding(one),
    );
    expect(sentences(finding('auth', { isOver: true }), ...own)).toEqual([]);
  });
});
