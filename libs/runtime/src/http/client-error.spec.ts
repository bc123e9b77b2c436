import { describe, expect, it } from '@jest/globals';

import { clientErrorAction } from './client-error.js';

const waiting = { request: { complete: true }, response: { headersSent: false } };
const answering = { request: { complete: true }, response: { headersSent: true } };
const broken = { request: { complete: false }, response: { headersSent: false } };
const refused = { request: { complete: false }, response: { headersSent: true } };

describe('bytes that Node cannot read', () => {
  it.each([
    ['HPE_INVALID_METHOD', [], 'answer'],
    ['ERR_HTTP_REQUEST_TIMEOUT', [], 'answer'],
    ['HPE_INVALID_CHUNK_SIZE', [broken], 'answer'],
    ['HPE_INVALID_CHUNK_SIZE', [refused], 'close'],
    ['HPE_INVALID_METHOD', [waiting], 'wait'],
    ['HPE_INVALID_METHOD', [answering, waiting], 'wait'],
    ['HPE_INVALID_CHUNK_SIZE', [waiting, broken], 'close'],
    ['ECONNRESET', [], 'close'],
    ['EPIPE', [waiting], 'close'],
  ])('%s after %j: %s', (code, unanswered, action) => {
    expect(clientErrorAction(code, unanswered)).toBe(action);
  });
});
