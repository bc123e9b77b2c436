import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { PATIENCE_MS, waitUntil } from '#libs/testing';
import { createPool } from '../create-pool.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { readPostmasterFile } from './server/postmaster-file.js';
import { isAlive, isServerOf } from './process/process-identity.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './start-embedded-postgres.js';

const settings = { fsync: 'off' };
const warnings: string[] = [];
const logger = { info: () => undefined, warn: (message: string) => void warnings.push(message) };
let folder: string;
let server: EmbeddedPostgres | undefined;

const start = async (options: { port?: number } = {}) =>
  (server = await startEmbeddedPostgres({ dataDirectory: folder, logger, settings, ...options }));

async function query<Row extends object>({ connectionString }: EmbeddedPostgres, sql: string): Promise<Row[]> {
  const pool = createPool({ connectionString, max: 1 });
  const { rows } = await pool.query<Row>(sql);
  await pool.end();
  return rows;
}

/** Starts a server in a process of its own, which then waits to be killed. Resolves when it serves. */
async function startElsewhere(): Promise<{ kill: () => Promise<void>; server: number; guard: number }> {
  const program = `
    import { startEmbeddedPostgres } from '#libs/postgres';
    const logger = { info() {}, warn() {} };
    const { connectionString } = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(folder)}, logger, settings: { fsync: 'off' } });
    const { createPool } = await import('#libs/postgres');
    const pool = createPool({ connectionString });
    await pool.query('create table kept as select 42 as answer');
    process.stdout.write('ready');
    setInterval(() => {}, 1000);`;
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', './libs/testing/register-typescript.mjs', '--input-type=module', '-e', program],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  const postmaster = (await readPostmasterFile(`${folder}/cluster`))?.pid ?? 0;
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
  const guard =
    children
      .trim()
      .split(' ')
      .map(Number)
      .find((pid) => pid !== postmaster) ?? 0;
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { kill, server: postmaster, guard };
}

beforeEach(async () => {
  // Only its owner may enter: as root, the server's account cannot.
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'casewright-embedded-')), 'data');
  warnings.length = 0;
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(path.dirname(folder), { recursive: true, force: true });
});

describe('startEmbeddedPostgres', () => {
  it('never runs as root, keeps the password to its owner, and is tuned for ingest', async () => {
    const running = await start();
    const { pid } = (await readPostmasterFile(`${folder}/cluster`)) ?? { pid: 0 };
    expect((await stat(`/proc/${pid}`)).uid).not.toBe(0);
    expect((await stat(`${folder}/password`)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(`${folder}/cluster`)).mode & 0o777).toBe(0o700);
    const names = "'shared_buffers', 'jit', 'synchronous_commit', 'listen_addresses', 'fsync'";
    const rows = await query<{ name: string; value: string }>(
      running,
      `select name, current_setting(name) as value from pg_settings where name in (${names}) order by 1`,
    );
    expect(rows.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'fsync=off',
      'jit=off',
      'listen_addresses=127.0.0.1',
      'shared_buffers=256MB',
      'synchronous_commit=on',
    ]);
  });

  it('keeps the data and the password between starts', async () => {
    const first = await start();
    await query(first, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();
    const second = await start();
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(new URL(second.connectionString).password).toBe(new URL(first.connectionString).password);
  });

  it('takes another port when the wanted one is busy', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as { port: number };
    const running = await start({ port });
    expect(running.port).not.toBe(port);
    expect(await query(running, 'select 1 as one')).toEqual([{ one: 1 }]);
    busy.close();
  });

  it('refuses a folder that a living process uses', async () => {
    await start();
    await expect(startEmbeddedPostgres({ dataDirectory: folder, logger })).rejects.toThrow(
      `Process ${process.pid} is already running Casewright on ${folder}`,
    );
    expect(await query(server as EmbeddedPostgres, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops the server when its parent is killed, and starts again on the same data', async () => {
    const elsewhere = await startElsewhere();
    expect(await isServerOf(elsewhere.server, `${folder}/cluster`)).toBe(true);
    await elsewhere.kill();
    await waitUntil(
      async () => !(await isServerOf(elsewhere.server, `${folder}/cluster`)),
      PATIENCE_MS,
      () => 'the server lives on',
    );
    expect(await query(await start(), 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(warnings).toEqual([]);
  });

  it('stops a server that was left behind', async () => {
    const elsewhere = await startElsewhere();
    process.kill(elsewhere.guard, 'SIGKILL');
    await elsewhere.kill();
    expect(isAlive(elsewhere.server)).toBe(true);
    expect(await query(await start(), 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await isServerOf(elsewhere.server, `${folder}/cluster`)).toBe(false);
    expect(warnings).toEqual([expect.stringContaining(`process ${elsewhere.server}`)]);
  });

  it('is not fooled by a stale file whose number belongs to somebody else by now', async () => {
    await (await start()).stop();
    await writeFile(
      `${folder}/cluster/postmaster.pid`,
      `${process.pid}\n${folder}/cluster\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
    );
    await writeFile(`${folder}/owner.json`, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('tells when the server ends by itself, and recovers at the next start', async () => {
    const running = await start();
    await query(running, 'create table kept as select 42 as answer');
    process.kill((await readPostmasterFile(`${folder}/cluster`))?.pid ?? 0, 'SIGKILL');
    expect((await running.died).message).toContain('ended by itself');
    expect(await query(await start(), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts over when an earlier start was interrupted while it made the data', async () => {
    await mkdir(`${folder}/cluster.unfinished/base`, { recursive: true });
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses the data of another major version, and says what to do', async () => {
    await mkdir(`${folder}/cluster`, { recursive: true });
    await writeFile(`${folder}/cluster/PG_VERSION`, '15\n');
    const failing = startEmbeddedPostgres({ dataDirectory: folder, logger });
    await expect(failing).rejects.toThrow(EmbeddedPostgresError);
    await expect(failing).rejects.toThrow(/made by PostgreSQL 15 .* brings PostgreSQL 18: dump it/);
  });

  it('shows why the server did not start', async () => {
    const failing = startEmbeddedPostgres({ dataDirectory: folder, logger, settings: { shared_buffers: 'many' } });
    await expect(failing).rejects.toThrow(/invalid value for parameter "shared_buffers".*server\.log/);
  });
});
