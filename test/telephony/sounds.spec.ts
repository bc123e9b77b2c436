import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALLER, LINE, PATIENCE_MS, waitUntil } from '#libs/testing';
import { aWav, startSoundServer, type SoundServer } from '../../apps/voicemail/src/testing/sound-server.js';
import { logsUnderTest } from '../e2e/logs.js';
import { generic, twilio } from '../webhooks/senders.js';
import { event, TEN_FIFTEEN } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

interface Shown {
  readonly recordings: { readonly status: string; readonly failure: string | null; readonly sha256: string | null }[];
  readonly transcripts: { readonly status: string }[];
}

/** Milliseconds. */
const HOUR = 3_600_000;

describe.each(logsUnderTest())('sounds and texts of voicemails, by webhook, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  let provider: SoundServer;
  /** What the provider answers to each request for a sound; the last one from then on. */
  let answers: number[];
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
    provider = await startSoundServer((_request, response) => {
      const status = answers.length > 1 ? answers.shift() : answers[0];
      response.writeHead(status ?? 500, { 'content-type': 'audio/wav' }).end(status === 200 ? aWav() : '');
    });
  });
  beforeEach(async () => {
    await world.clear();
    answers = [200];
    provider.seen.length = 0;
  });
  afterAll(async () => {
    await provider?.close();
    await world?.stop();
  });

  const shownOf = async (id: string): Promise<Shown> => world.asks<Shown>(`/v1/interactions/${id}`);
  const only = async (): Promise<Shown> => shownOf((await world.interactions())[0]?.id ?? '');
  const untilIs = async (status: string): Promise<Shown> => {
    let shown = await only();
    const isThere = async (): Promise<boolean> => {
      shown = await only();
      return shown.recordings[0]?.status === status;
    };
    await waitUntil(isThere, PATIENCE_MS, () => `it is ${JSON.stringify(shown.recordings)}`, 50);
    return shown;
  };
  const twilioMessage = (address: string) =>
    twilio(
      new URLSearchParams({
        ...{ CallSid: 'CAf8', From: CALLER, To: LINE, Direction: 'inbound', CallStatus: 'completed' },
        ...{ RecordingSid: 'REf8', RecordingDuration: '12', RecordingUrl: address, RecordingStatus: 'completed' },
        ...{ RecordingSource: 'RecordVerb', Timestamp: new Date(TEN_FIFTEEN).toUTCString() },
      }).toString(),
      '/voicemails',
    );

  it('F8 the case is there at once, the sound when it is there: 404, 404, 200', async () => {
    answers = [404, 404, 200];
    await world.sends(twilioMessage(provider.at('localhost', '/rec')));
    expect((await only()).recordings).toMatchObject([{ status: 'pending' }]);
    for (const asked of [1, 2]) {
      await waitUntil(
        async () => provider.seen.length >= asked,
        PATIENCE_MS,
        () => 'it is not asked for',
        50,
      );
      await world.recordingsAreDue();
    }
    const { recordings } = await untilIs('available');
    expect(recordings).toMatchObject([{ status: 'available', sha256: expect.stringMatching(/^[\da-f]{64}$/) }]);
    expect(provider.seen).toHaveLength(3);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
  });

  it('F8 a sound that we may not have fails at once, and an operator hears of it', async () => {
    answers = [401];
    await world.sends(twilioMessage(provider.at('localhost', '/rec')));
    expect((await untilIs('failed')).recordings).toMatchObject([{ failure: 'auth' }]);
    await world.recordingsAreDue();
    expect(provider.seen).toHaveLength(1);
    expect(await world.metricsOf('voicemail')).toContain(
      'casewright_recordings_refused_total{connection="twilio/main"} 1',
    );
    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
  });

  it('F8 a host that is nobody’s is never asked, and ours never with the provider’s password', async () => {
    await world.sends(twilioMessage(provider.at('127.0.0.1', '/rec')));
    expect((await untilIs('failed')).recordings).toMatchObject([{ failure: 'host_not_allowed' }]);
    expect(provider.seen).toEqual([]);
    await world.clear();
    await world.sends(twilioMessage(provider.at('localhost', '/rec')));
    await untilIs('available');
    expect(provider.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('F27 no text is still a voicemail: failed, awaited, absent after an hour, and empty after three', async () => {
    const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
    const left = (name: string, hours: number, place: number) => ({
      ...event({ call: `c-${name}`, type: 'voicemail.left', seconds: 0 }),
      ...{ occurred_at: ago(hours), from: `+35191000003${place}`, to: LINE },
      voicemail: { id: name, duration_ms: 12_000 },
      recording: { id: `r-${name}`, url: provider.at('localhost', `/${name}`), status: 'available' },
    });
    const text = (name: string, transcript: object) => ({
      ...event({ call: `c-${name}`, type: 'voicemail.transcript', seconds: 1 }),
      ...{ occurred_at: ago(0), voicemail: { id: name }, transcript },
    });
    const messages = [left('failed', 0, 0), left('awaited', 0, 1), left('absent', 0, 2), left('late', 3, 3)];
    await world.sends(...messages.map((one) => generic(one, '/voicemails')));
    const before = await world.cases();
    expect(before.map(({ interaction_count: count }) => count)).toEqual([1, 1, 1, 1]);
    expect(await textsOf()).toMatchObject({ awaited: 'pending', absent: 'pending' });
    await waitUntil(
      () => isEach('available'),
      PATIENCE_MS,
      () => 'they are not fetched',
      50,
    );
    await world.sends(generic(text('failed', { status: 'failed' }), '/voicemails'));
    await world.sends(generic(text('late', { status: 'completed', text: '' }), '/voicemails'));
    await hasComeAnHourAgo('absent');
    expect(await textsOf()).toEqual({ failed: 'failed', awaited: 'pending', absent: 'absent', late: 'empty' });
    const states = (cases: typeof before) => cases.map(({ id, subject, category }) => [id, subject, category]);
    expect(states(await world.cases())).toEqual(states(before));
    // Whoever has the case can hear each of them.
    for (const { id } of await world.interactions()) {
      const { sha256 } = (await shownOf(id)).recordings[0] ?? {};
      const sound = await fetch(`${world.urls['case-api']}/v1/interactions/${id}/content/${sha256}`, {
        headers: { authorization: `Bearer ${world.apiKey}`, range: 'bytes=0-3' },
      });
      expect([sound.status, await sound.text()]).toEqual([206, 'RIFF']);
    }
  });

  const hasComeAnHourAgo = (voicemailId: string) =>
    world.pool.query(
      `update interaction set payload = jsonb_set(payload::jsonb, '{receivedAt}', to_jsonb($2::text))::json
        where payload #>> '{details,voicemailId}' = $1`,
      [voicemailId, new Date(Date.now() - HOUR - 1000).toISOString()],
    );
  const isEach = async (status: string): Promise<boolean> => {
    const all = await Promise.all((await world.interactions()).map(({ id }) => shownOf(id)));
    return all.every(({ recordings }) => recordings[0]?.status === status);
  };
  /** How the text of each message stands, by the message. */
  const textsOf = async (): Promise<Record<string, string | undefined>> => {
    const all = (await world.interactions()).map(async ({ id }) => {
      const shown = await world.asks<Shown & { external_id: string }>(`/v1/interactions/${id}`);
      return [shown.external_id.split(':').at(-1) ?? '', shown.transcripts[0]?.status] as const;
    });
    return Object.fromEntries<string | undefined>(await Promise.all(all));
  };
});
