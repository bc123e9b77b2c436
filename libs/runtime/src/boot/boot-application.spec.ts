import { afterEach, describe, expect, it } from '@jest/globals';
import { type ArgumentsHost, Catch, Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { FastifyReply } from 'fastify';

import { BootError, bootApplication, type RunningApplication } from './boot-application.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import type { HealthRegistry } from '../health/health-registry.js';
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

async function boot(port = 0, module = EmptyModule): Promise<RunningApplication> {
  const application = await bootApplication({ name: 'test', module, port, configuration });
  running.push(application);
  return application;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((application) => application.close()));
});

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

  it('says what to do about a busy port', async () => {
    const { url } = await boot();
    const busy = Number(new URL(url).port);
    await expect(boot(busy)).rejects.toThrow(
      `Port ${busy} is already in use: stop the program that uses it, or set PORT`,
    );
    await expect(boot(busy)).rejects.toThrow(BootError);
  });

  it('closes once, whoever asks, and leaves no signal handler', async () => {
    const before = process.listenerCount('SIGTERM');
    const { close, url } = await boot();
    await Promise.all([close(), close()]);
    expect(process.listenerCount('SIGTERM')).toBe(before);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});
