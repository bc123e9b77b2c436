import { describe, expect, it } from '@jest/globals';

import { createLogger } from './create-logger.js';
import { nestLogger } from './nest-logger.js';

function logInto(lines: Record<string, unknown>[]) {
  return createLogger(
    { level: 'info', name: 'test' },
    { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
}

describe('createLogger', () => {
  it('writes JSON without what carries a secret by its name', () => {
    const lines: Record<string, unknown>[] = [];
    logInto(lines).warn(
      { password: 'x', imap: { password: 'x', host: 'h' }, request: { headers: { authorization: 'x' } } },
      'Hm',
    );
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'warn',
        name: 'test',
        msg: 'Hm',
        password: '[hidden]',
        imap: { password: '[hidden]', host: 'h' },
        request: { headers: { authorization: '[hidden]' } },
      }),
    ]);
  });
});

describe('nestLogger', () => {
  it("keeps Nest's setting up out of a quiet log, and its errors in", () => {
    const lines: Record<string, unknown>[] = [];
    const logger = nestLogger(logInto(lines));
    logger.log('Mapped {/healthz, GET} route', 'RouterExplorer');
    logger.log('Joined', 'Consumer');
    logger.error('Failed', 'Error: Failed\n    at here', 'ExceptionsHandler');
    expect(lines.map(({ msg, context, stack }) => ({ msg, context, stack }))).toEqual([
      { msg: 'Joined', context: 'Consumer' },
      { msg: 'Failed', context: 'ExceptionsHandler', stack: expect.stringContaining('at here') },
    ]);
  });
});
