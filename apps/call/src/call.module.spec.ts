import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';

import { CallModule } from './call.module.js';

let running: RunningApplication;
beforeAll(async () => {
  const configuration = loadConfiguration({ LOG_LEVEL: 'silent' });
  running = await bootApplication({ name: 'call', module: CallModule, port: 0, configuration });
});
afterAll(() => running.close());

describe('CallModule', () => {
  it('is alive and ready', async () => {
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  });

  it('does not take what it cannot handle yet', async () => {
    const response = await fetch(`${running.url}/webhooks/any/main/events`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});
