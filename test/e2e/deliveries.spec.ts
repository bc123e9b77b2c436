import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineSlowdown, testDatabase, type TestDatabase, waitUntil } from '#libs/testing';
import { aForgery, flood } from '../deliveries/flood.js';
import { callEvent, provokeReasons, REASONS_FILE } from '../deliveries/reasons.js';
import { startTelephoneCompany, type TelephoneCompany } from '../deliveries/telephone-company.js';
import { SECRETS, TWILIO_TOKEN } from '../webhooks/acme-telephony.js';
import { generic, type Sent, sentBy, talkdesk, twilio, zammad } from '../webhooks/senders.js';

let database: TestDatabase;
let company: TelephoneCompany;
beforeAll(async () => {
  database = await testDatabase();
  company = await startTelephoneCompany({ databaseUrl: database.connectionString, file: REASONS_FILE });
}, 60_000);
afterAll(async () => {
  await company?.stop();
  await database?.drop();
});

describe('nothing happens', () => {
  // `node test/deliveries/run.mjs --rate 500` holds it against 2 s with the machine to itself; beside other specs it may take longer.
  it('F16 and the delivery log says why at once, for each reason, while other webhooks come', async () => {
    const slowdown = machineSlowdown();
    const { took } = await provokeReasons(company, 50);
    const late = Object.entries(took).filter(([, milliseconds]) => milliseconds > 10_000 * slowdown);
    expect(late).toEqual([]);
  }, 60_000);

  it('F16 and a call is a case once its line is set up and what told of it is replayed', async () => {
    const path = '/v1/deliveries?connection=generic/pbx';
    const { data } = await company.get<{ data: { id: string; reason: string | null }[] }>(path);
    const found = data.find(({ reason }) => reason === 'endpoint-not-configured: +351210000099');
    await database.pool.query(`
      insert into channel_endpoint
      select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'address', '+351210000099'))).*
      from channel_endpoint e where address = '+351210000000'`);
    const headers = { authorization: `Bearer ${company.apiKey}` };
    let shown: { readonly state?: string } = {};
    const isCase = async (): Promise<boolean> => {
      // Each process looks at lines anew after a second.
      await fetch(`${company.url}/v1/deliveries/${found?.id}/replay`, { method: 'POST', headers });
      shown = await company.get<{ state: string }>(`/v1/deliveries/${found?.id}`);
      return shown.state === 'created';
    };
    await waitUntil(isCase, 20_000, () => `it is no case of its own: ${JSON.stringify(shown)}`, 400);
  }, 30_000);
});

describe('a flood of forgeries', () => {
  it('costs a thousand rows, no file, and nothing else', async () => {
    const files = await company.blobs();
    const answers = await flood(company, 4_000, aForgery);
    expect([...answers]).toEqual([[403, 4_000]]);
    const mostInAnHour = async (): Promise<number> => {
      const text = `select max(count)::int from (
        select count(*) from delivery where verdict = 'refused' group by connection, date_trunc('hour', received_at)
      ) by_hour`;
      return (await database.pool.query<{ max: number }>(text)).rows[0]?.max ?? 0;
    };
    await waitUntil(
      async () => (await mostInAnHour()) >= 1_000,
      10_000,
      () => 'the rows are not written',
      50,
    );
    expect(await mostInAnHour()).toBe(1_000);
    expect(await company.blobs()).toEqual(files);
    const metrics = await (await fetch(`${company.url}/metrics`)).text();
    expect(metrics).toMatch(/casewright_deliveries_unlogged_total\{because="allowance"\} [1-9]\d{2,}/);
  }, 60_000);
});

/** What stands in every table, by its name; bytes as the letters that they may be, because the embedded log keeps records so. */
async function everyTable(): Promise<Record<string, string>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const texts = tables.map(async ({ name }) => {
    const { rows } = await database.pool.query<{ row: unknown }>(`select to_json(t) as row from ${name} t`);
    return [name, JSON.stringify(rows, (_, value: unknown) => asLetters(value))] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

function asLetters(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('\\x')) {
    return value;
  }
  const bytes = Buffer.from(value.slice(2), 'hex');
  return `${bytes.toString('latin1')} ${bytes.toString('utf8')}`;
}

const CALL = '{"event":"newCall","callId":"s-1","from":"351210000001","to":"351210000000","direction":"in"}';
const FORM = 'CallSid=CAs1&CallStatus=completed&From=%2B351210000001&To=%2B351210000000';
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** What each provider sends. */
const GENUINE: readonly Sent[] = [
  generic(callEvent('s-0', 'call.ended', { reason: 'no_answer' })),
  zammad(CALL),
  talkdesk({ event: 'inboundCallEnds', call_id: 's-2' }),
  twilio(FORM),
  sentBy('twilio', `${FORM}&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2Fr%3Ftoken%3D${TWILIO_TOKEN}`, '/voicemails'),
];

/** Requests that have a secret where none belongs, genuine ones and others. */
function misplacing(secret: string, index: number): Sent[] {
  const encoded = encodeURIComponent(secret);
  const event = callEvent(`m-${index}`, 'call.ended', { reason: 'no_answer' });
  return [
    { ...generic(event), path: `/webhooks/generic/pbx?token=${encoded}` },
    generic(callEvent(`t-${index}`, secret.slice(0, 40))),
    generic(callEvent(`d-${index}`, 'call.ended', { reason: 'no_answer', data: { [secret]: [secret], url: encoded } })),
    generic(callEvent(`n-${index} ${secret}`, 'call.ended', { from: { number: '+351910000002', name: secret } })),
    generic(JSON.stringify({ [secret]: secret })),
    { ...aForgery(), body: `{"secret":"${secret}"` },
    { ...aForgery(), body: JSON.stringify(callEvent('forged', 'call.ended', { data: { secret } })) },
    { path: `/webhooks/zammad/pbx/${encodeURIComponent(`${secret}x`)}`, headers: JSON_TYPE, body: CALL },
    { path: `/webhooks/zammad/pbx/${encoded}`, headers: FORM_TYPE, body: `secret=${encoded}` },
    {
      path: `/webhooks/talkdesk/main/${encoded}`,
      headers: JSON_TYPE,
      body: JSON.stringify({ casewright_secret: secret }),
    },
    twilio(`${FORM}&Token=${encoded}`, '/calls', `?token=${encoded}`),
    { ...twilio(FORM, '/calls', `?token=${encoded}`), headers: { 'content-type': 'text/plain', cookie: encoded } },
  ];
}

describe('the secrets of the configuration file', () => {
  it('are in no table, record, log or answer, whatever was sent with them', async () => {
    const parts = SECRETS.flatMap((secret) => [secret, encodeURIComponent(secret), secret.replace('whsec_', '')]);
    const answers: string[] = [];
    for (const sent of [...GENUINE, ...parts.flatMap(misplacing)]) {
      answers.push((await company.post(sent)).text);
    }
    const isWritten = async () => (await everyTable())['public.delivery']?.includes(`m-${parts.length - 1}`) === true;
    await waitUntil(isWritten, 10_000, () => 'the last is not written', 100);
    const lists = JSON.stringify(await company.get<object>('/v1/deliveries?limit=100'));
    const tables = await everyTable();
    const found = { ...tables, log: await company.log(), answers: answers.join('\n'), lists };
    const leaks = Object.entries(found).flatMap(([place, text]) =>
      parts.filter((part) => text.includes(part)).map((part) => `${place}: ${around(text, text.indexOf(part))}`),
    );
    expect(leaks).toEqual([]);
    // The search can find something.
    expect(tables['public.interaction']).toContain('CAs1');
    expect(tables['public.delivery']).toContain('zammad/pbx');
  }, 60_000);
});

function around(text: string, place: number): string {
  return text.slice(Math.max(0, place - 100), place + 60);
}
