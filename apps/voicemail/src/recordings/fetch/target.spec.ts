import { describe, expect, it } from '@jest/globals';
import { targetOf } from './target.js';

const policy = {
  ownHosts: ['api.twilio.com', '*.nexmo.com'],
  namedHosts: ['pbx.acme.local', '10.0.0.5', 'PBX2.acme.local:8443', '[fd00::7]'],
};
const judged = (address: string): string => {
  const target = targetOf(address, policy);
  return target.ok ? `${target.host} own=${target.isOwn} named=${target.isNamed}` : target.failure;
};

describe('the address of a recording', () => {
  it.each([
    ['https://api.twilio.com/a?b=c', 'api.twilio.com own=true named=false'],
    ['https://API.Twilio.com./a', 'api.twilio.com own=true named=false'],
    ['https://api.twilio.com:443/a', 'api.twilio.com own=true named=false'],
    ['https://media.nexmo.com/a', 'media.nexmo.com own=true named=false'],
    ['http://pbx.acme.local:8080/rec/1.wav', 'pbx.acme.local own=false named=true'],
    ['https://10.0.0.5/1.wav', '10.0.0.5 own=false named=true'],
    ['https://pbx2.acme.local:8443/1.wav', 'pbx2.acme.local own=false named=true'],
    ['https://[fd00::7]/1.wav', 'fd00::7 own=false named=true'],
    ['http://167772165/1.wav', '10.0.0.5 own=false named=true'],
  ])('%s may be asked', (address, known) => {
    expect(judged(address)).toBe(known);
  });

  it.each([
    ['http://api.twilio.com/a', 'not_https'],
    ['https://api.twilio.com:8443/a', 'host_not_allowed'],
    ['https://evil.example/rec.wav', 'host_not_allowed'],
    ['https://pbx2.acme.local/1.wav', 'host_not_allowed'],
    ['https://pbx2.acme.local:9443/1.wav', 'host_not_allowed'],
    ['https://api.twilio.com.evil.example/a', 'host_not_allowed'],
    ['https://evilnexmo.com/a', 'host_not_allowed'],
    ['https://nexmo.com/a', 'host_not_allowed'],
    ['https://.nexmo.com/a', 'host_not_allowed'],
    ['https://api.twilio.com@evil.example/a', 'invalid_address'],
    ['https://user:secret@api.twilio.com/a', 'invalid_address'],
    ['https://evil.example\\@api.twilio.com/a', 'host_not_allowed'],
    ['https://evil.example#@api.twilio.com/a', 'host_not_allowed'],
    ['https://127.0.0.1/', 'host_not_allowed'],
    ['https://2130706433/', 'host_not_allowed'],
    ['https://0177.0.0.1/', 'host_not_allowed'],
    ['https://0x7f.1/', 'host_not_allowed'],
    ['https://[::1]/', 'host_not_allowed'],
    ['https://[::ffff:169.254.169.254]/', 'host_not_allowed'],
    ['https://ａｐｉ.twilio.com.evil.example/', 'host_not_allowed'],
    ['file:///etc/passwd', 'invalid_address'],
    ['ftp://pbx.acme.local/1.wav', 'invalid_address'],
    ['data:audio/wav;base64,UklGRg==', 'invalid_address'],
    ['gopher://api.twilio.com/', 'invalid_address'],
    ['//api.twilio.com/a', 'invalid_address'],
    ['', 'invalid_address'],
    ['https://', 'invalid_address'],
  ])('%s is refused: %s', (address, failure) => {
    expect(judged(address)).toBe(failure);
  });
});
