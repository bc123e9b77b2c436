import { expect, it } from '@jest/globals';
import { hubSpotSignature, signedSpelling } from './signature.js';

it('is the one that the tests of HubSpot’s own clients expect (hubspot-api-python and -ruby, signature v3)', () => {
  const body = Buffer.from("{'example_field':'example_value'}");
  const signed = { address: 'https://www.example.com/webhook_uri', body, timestamp: '15000000' };
  const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  expect(hubSpotSignature(secret, signed)).toBe('HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=');
});

it('decodes the escapes that HubSpot lists, in either case and once, and no other', () => {
  expect(signedSpelling('/a%3A%2f%3F%40%21%24%27%28%29%2A%2C%3bz')).toBe("/a:/?@!$'()*,;z");
  expect(signedSpelling('/%20%25%26%2B%3D%C3%A3%252F')).toBe('/%20%25%26%2B%3D%C3%A3%252F');
});
