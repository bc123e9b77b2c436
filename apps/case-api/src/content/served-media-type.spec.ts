import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { servedMediaType } from './served-media-type.js';

const OCTETS = 'application/octet-stream';

describe('the media type that content is sent with', () => {
  it.each([
    'image/jpeg',
    'image/heic',
    'audio/x-wav',
    'video/mp4',
    'message/rfc822',
    'application/pdf',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.oasis.opendocument.text',
    'application/vnd.ms-excel',
    'text/plain',
    'text/plain; charset=utf-8',
  ])('is %s as it is', (mediaType) => {
    expect(servedMediaType(mediaType)).toBe(mediaType);
  });

  it.each([
    ['text/html', OCTETS],
    ['text/html; charset=utf-8', OCTETS],
    [' Text/HTML ', OCTETS],
    ['application/xhtml+xml', OCTETS],
    ['image/svg+xml', OCTETS],
    ['IMAGE/SVG+XML;charset=utf-8', OCTETS],
    ['image/svg', OCTETS],
    ['text/xml', OCTETS],
    ['application/xml', OCTETS],
    ['application/mathml+xml', OCTETS],
    ['text/javascript', OCTETS],
    ['text/css', OCTETS],
    ['multipart/x-mixed-replace', OCTETS],
    ['multipart/related', OCTETS],
    ['application/x-shockwave-flash', OCTETS],
    ['image/png text/html', OCTETS],
    ['image/png,text/html', OCTETS],
    ['image/png\r\nset-cookie: a=b', OCTETS],
    ['image/', OCTETS],
    ['', OCTETS],
    ['image/png; charset=utf-7', 'image/png'],
    ['Text/Plain; format=flowed; charset="ISO-8859-1"', 'text/plain; charset=iso-8859-1'],
    ['text/plain; charset=a\r\nset-cookie: a=b', 'text/plain'],
  ])('is for %j %s', (mediaType, served) => {
    expect(servedMediaType(mediaType)).toBe(served);
  });

  it('is one header value, whatever the sender called it', () => {
    const part = fc.oneof(fc.constantFrom('image/', 'text/plain', ';charset=', '"', '\r\n', ',', ' '), fc.string());
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        expect(servedMediaType(parts.join(''))).toMatch(/^[^\s;,/]+\/[^\s;,/]+(; charset=[^\s;,]+)?$/);
      }),
    );
  });
});
