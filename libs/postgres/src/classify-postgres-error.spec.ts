import { createServer } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { classifyPostgresError, isPostgresDefect } from './classify-postgres-error.js';
import { createPool } from './create-pool.js';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('classifyPostgresError', () => {
  it.each([
    ['08006', 'transient'],
    ['40001', 'transient'],
    ['40P01', 'transient'],
    ['53300', 'transient'],
    ['57P01', 'transient'],
    ['57014', 'transient'],
    ['55P03', 'transient'],
    ['25006', 'transient'],
    ['25P03', 'transient'],
    ['25P04', 'transient'],
    ['0A000', 'transient'],
    ['26000', 'transient'],
    ['28P01', 'transient'],
    ['3D000', 'transient'],
    ['42501', 'transient'],
    ['53100', 'transient'],
    ['58030', 'transient'],
    ['F0000', 'transient'],
    ['XX000', 'transient'],
    ['ECONNRESET', 'transient'],
    ['22P02', 'data'],
    ['23505', 'data'],
    ['42P01', 'transient'],
    ['P0001', 'unknown'],
    ['54000', 'unknown'],
    ['ENOENT', 'unknown'],
  ])('calls %s %s', (code, expected) => {
    expect(classifyPostgresError(withCode(code))).toBe(expected);
    expect(classifyPostgresError(new Error('outer', { cause: withCode(code) }))).toBe(expected);
    expect(classifyPostgresError(new AggregateError([withCode(code)]))).toBe(expected);
  });

  it('knows nothing of what is no error', () => {
    expect(classifyPostgresError('53300')).toBe('unknown');
    expect(classifyPostgresError(undefined)).toBe('unknown');
    expect(classifyPostgresError(new TypeError('x is not a function'))).toBe('unknown');
  });

  it('calls transient what pg really reports: nobody listens, the peer hangs up', async () => {
    const hangUp = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => hangUp.listen(0, '127.0.0.1', resolve));
    const { port } = hangUp.address() as { port: number };
    const query = async () => {
      const pool = createPool({ connectionString: `postgresql://u:p@127.0.0.1:${port}/d` });
      const error: unknown = await pool.query('select 1').catch((caught: unknown) => caught);
      await pool.end();
      return error;
    };
    expect(classifyPostgresError(await query())).toBe('transient');
    await new Promise((resolve) => hangUp.close(resolve));
    expect(classifyPostgresError(await query())).toBe('transient');
  });
});

describe('isPostgresDefect', () => {
  it.each([
    ['42P01', true],
    ['XX000', true],
    ['0A000', true],
    ['57014', false],
    ['23505', false],
    ['ECONNRESET', false],
  ])('of %s says %s', (code, expected) => {
    expect(isPostgresDefect(withCode(code))).toBe(expected);
    expect(isPostgresDefect(new Error('outer', { cause: withCode(code) }))).toBe(expected);
  });
});
