import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ArgumentsHost, Catch, Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { FastifyReply } from 'fastify';

import { BootError, bootApplication, type BootOptions, type RunningApplication } from './boot-application.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import type { HealthRegistry } from '../health/health-registry.js';
import { createLogger } from '../log/create-logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { HEALTH, METRICS } from '../tokens.js';

@Module({})
class EmptyModule {}

@Catch()
class OwnFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    void host.switchToHttp().getResponse<FastifyReply>().code(404).send('its own');
  }
}

@Controller('broken')
class BrokenController {
  @Get()
  answer(): never {
    throw new Error('broken');
  }
}

@Module({ controllers: [BrokenController], providers: [{ provide: APP_FILTER, useClass: OwnFilter }] })
class OwnFilterModule {}

const configuration = loadConfiguration({ LOG_LEVEL: 'silent' });
const running: RunningApplication[] = [];

async function boot(port = 0, module = EmptyModule, options: Partial<BootOptions> = {}): Promise<RunningApplication> {
  const application = await bootApplication({ name: 'test', module, port, configuration, ...options });
  running.push(application);
  return application;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((application) => application.close()));
});

const elsewhere = (url: string): string => `${url.replace('127.0.0.1', '127.0.0.2')}/healthz`;

describe('bootApplication', () => {
  it('is alive whatever fails, and ready only when every check is', async () => {
    const { app, url } = await boot();
    const health = app.get<HealthRegistry>(HEALTH);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    health.register('database', async () => ({ ok: false, reason: 'connection refused' }));
    health.register('log', async () => {
      throw new Error('no brokers');
    });
    health.register('disk', async () => ({ ok: true }));
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(ready.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await ready.json()).toMatchObject({
      status: 503,
      failures: [
        { name: 'database', reason: 'connection refused' },
        { name: 'log', reason: 'no brokers' },
      ],
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('is ready with what is warned of, since nobody is served better by a process that is taken away', async () => {
    const { app, url } = await boot();
    app
      .get<HealthRegistry>(HEALTH)
      .register('recordings', async () => ({ ok: true, warnings: ['look at it', 'and it'] }));
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        warnings: [
          { name: 'recordings', reason: 'look at it' },
          { name: 'recordings', reason: 'and it' },
        ],
      },
    ]);
  });

  it('shows the metrics, each name once however often it is asked for', async () => {
    const { app, url } = await boot();
    const metrics = app.get<Metrics>(METRICS);
    for (const outcome of ['created', 'attached'] as const) {
      metrics.counter({ name: 'cases_total', help: 'Cases', labels: ['outcome'] }).inc({ outcome });
    }
    metrics.gauge({ name: 'waiting', help: 'Waiting' }, () => 7);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('casewright_cases_total{outcome="created"} 1');
    expect(text).toContain('casewright_cases_total{outcome="attached"} 1');
    expect(text).toContain('casewright_waiting 7');
    expect(text).toContain('casewright_process_resident_memory_bytes');
  });

  it('answers with problems, unless the application knows better', async () => {
    const { url } = await boot();
    const answer = await fetch(`${url}/nothing`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found', instance: '/nothing' });
    const own = await boot(0, OwnFilterModule);
    expect(await (await fetch(`${own.url}/broken`)).text()).toBe('its own');
  });

  it.each([
    [0o700, 0],
    [0o750, 0],
    [0o755, 1],
    [0o711, 0],
  ])('warns of a data folder that others can read: %i, %i times', async (mode, times) => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'casewright-boot-'));
    await chmod(dataDirectory, mode);
    const lines: { readonly level: string; readonly folder?: string }[] = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
    const logger = createLogger({ level: 'warn', name: 'test' }, { write });
    await boot(0, EmptyModule, { logger, configuration: { ...configuration, dataDirectory } });
    expect(lines.filter(({ folder }) => folder === dataDirectory)).toHaveLength(times);
    expect((await stat(dataDirectory)).mode & 0o777).toBe(mode);
    await rm(dataDirectory, { recursive: true });
  });

  it('says what to do about a busy port', async () => {
    const { url } = await boot();
    const busy = Number(new URL(url).port);
    await expect(boot(busy)).rejects.toThrow(
      `Port ${busy} is already in use: stop the program that uses it, or set PORT`,
    );
    await expect(boot(busy)).rejects.toThrow(BootError);
  });

  // Other systems have one address of 127.0.0.0/8 only.
  (process.platform === 'linux' ? it : it.skip)(
    'listens on this machine alone, and HTTP_HOST lets others in',
    async () => {
      const closed = await boot();
      expect(closed.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      await expect(fetch(elsewhere(closed.url))).rejects.toThrow('fetch failed');

      const open = await boot(0, EmptyModule, { configuration: { ...configuration, host: '0.0.0.0' } });
      expect(open.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await fetch(elsewhere(open.url))).status).toBe(200);

      const other = await boot(0, EmptyModule, { configuration: { ...configuration, host: '127.0.0.2' } });
      expect(other.url).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
      expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
    },
  );

  it('says where it listens, and how others are let in', async () => {
    const lines: object[] = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as object);
    const logger = createLogger({ level: 'info', name: 'test' }, { write });
    const { url } = await boot(0, EmptyModule, { logger });
    const host = '127.0.0.1';
    const msg = 'Ready to serve, on this machine only: HTTP_HOST=0.0.0.0 lets other machines in';
    expect(lines).toContainEqual(expect.objectContaining({ url, host, msg }));
    await boot(0, EmptyModule, { logger, configuration: { ...configuration, host: '0.0.0.0' } });
    expect(lines).toContainEqual(expect.objectContaining({ host: '0.0.0.0', msg: 'Ready to serve' }));
  });

  it('says what to do about an address that is not of this machine', async () => {
    const elsewhere = { ...configuration, host: '192.0.2.1' };
    await expect(boot(0, EmptyModule, { configuration: elsewhere })).rejects.toThrow(
      'HTTP_HOST is 192.0.2.1, which is no address of this machine',
    );
  });

  it('closes once, whoever asks, and leaves no signal handler', async () => {
    const before = process.listenerCount('SIGTERM');
    const { close, url } = await boot();
    await Promise.all([close(), close()]);
    expect(process.listenerCount('SIGTERM')).toBe(before);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});
