import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insertDeadLetters, insertUnsentRecords } from '#libs/case-store';
import { derivedEventId, TOPICS } from '#libs/interaction';
import { createEmbeddedLog, type EventLog, type LogRecord } from '#libs/messaging';
import { aWorld, storeCase, type World } from '../case-api/world.js';
import { casewright, type Run } from './terminal-of-test.js';

const TOPIC = 'interactions.email.v1';
let world: World;
let log: EventLog;
let folder: string;
let readiness: Server;

beforeAll(async () => {
  world = await aWorld();
  const { pool, connectionString } = world.database;
  log = await createEmbeddedLog({ pool, connectionString });
  await log.ensureTopics(TOPICS);
  readiness = createServer((_, response) => void response.end('{}'));
  await new Promise<void>((resolve) => readiness.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'casewright-cli-'));
  const connection = {
    databaseUrl: connectionString,
    httpUrl: `http://127.0.0.1:${(readiness.address() as AddressInfo).port}`,
    smtp: { host: '127.0.0.1', port: 1 },
    apiKey: world.ours,
    log: { kind: 'embedded' },
  };
  await writeFile(join(folder, 'connection.json'), JSON.stringify(connection), { mode: 0o600 });
});
afterAll(async () => {
  readiness.close();
  await log.close();
  await world.close();
  await rm(folder, { recursive: true });
});

const account = '3f0a5d0e-9a53-4b7a-8a2c-0dec5e4b6b00';
const run = (...words: string[]): Promise<Run> =>
  casewright(words, { DATA_DIR: folder, CASEWRIGHT_CONFIG: join(folder, 'casewright.yml') });

async function aDeadLetter(offset: bigint, message = 'it is broken'): Promise<string> {
  const id = derivedEventId('dead-letter', String(offset));
  await insertDeadLetters(world.database.pool, new Date(1_772_000_000_000 + Number(offset)).toISOString(), [
    {
      id,
      accountId: account,
      group: 'case-builder',
      topic: TOPIC,
      partition: 1,
      offset,
      key: `key-${offset}`,
      value: Buffer.from('{"broken": "\u001b[2J'),
      headers: { ce_id: `ce-${offset}`, 'dlq.replay-count': '1' },
      timestamp: new Date(),
      reason: 'not-json',
      stage: 'decode',
      errorClass: 'SyntaxError',
      message,
      attempts: 1,
    },
  ]);
  return id;
}

async function recordsOf(topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of log.read(topic, { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records;
}

beforeAll(async () => {
  await writeFile(join(folder, 'casewright.yml'), `account: { id: ${(await storeCase(world)).accountId} }\n`);
});

describe('explain', () => {
  it('tells the story from the tables, from the API, and as JSON', async () => {
    const { originInteractionId, number } = await storeCase(world, { subject: 'Kettle \u001b[31m' });
    const id = String(originInteractionId);
    const story = await run('explain', id);
    expect(story).toMatchObject({ code: 0, errors: '' });
    expect(story.output).toContain(`case       ${number} "Kettle \ufffd[31m" (new)`);
    expect(story.output).toContain('by A7, 0 candidates: the group assigns by hand');
    expect(story.output).toContain('1. It refers to nothing.');
    const url = await world.application.getUrl();
    expect((await run('explain', '--url', url, '--key', world.ours, id)).output).toBe(story.output);
    expect(JSON.parse((await run('explain', '--json', id)).output)).toMatchObject({ case: { number } });
  });

  it('says that it is not there, or that the key is wrong', async () => {
    const missing = await run('explain', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10');
    expect([missing.code, missing.errors]).toEqual([1, expect.stringContaining('has no interaction 6f1c')]);
    const url = await world.application.getUrl();
    const refused = await run(
      'explain',
      '--url',
      url,
      '--key',
      'cwk_wrong_key',
      '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10',
    );
    expect([refused.code, refused.errors]).toEqual([
      1,
      expect.stringContaining('answered 401: The API key is not valid'),
    ]);
  });
});

describe('dead letters', () => {
  it('are listed, shown harmlessly, and replayed once to their own topic with the same key and id', async () => {
    const id = await aDeadLetter(7n, 'bad \u001b]0;owned\u0007');
    const listed = await run('dead-letters', 'list');
    expect(listed.output).toContain(`${id}  2026-02-25`);
    expect(listed.output).not.toContain('\u001b');
    expect((await run('dead-letters', 'show', id)).output).toContain('{"broken": "\ufffd[2J');
    const before = (await recordsOf(TOPIC)).length;
    expect(await run('dead-letters', 'replay', id)).toMatchObject({ code: 0, output: `${id}: replayed to ${TOPIC}\n` });
    expect(await run('dead-letters', 'replay', id)).toMatchObject({ code: 0, output: `${id}: already replayed\n` });
    const sent = (await recordsOf(TOPIC)).slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ key: 'key-7', headers: { ce_id: 'ce-7', 'dlq.replay-count': '2' } });
    expect(sent[0]?.value?.toString()).toBe('{"broken": "\u001b[2J');
    expect((await run('dead-letters', 'list')).output).toBe('No dead letter waits.\n');
  });

  it('are replayed all at once, oldest first, and not when they were discarded', async () => {
    const ids = [await aDeadLetter(20n), await aDeadLetter(21n), await aDeadLetter(22n)];
    const [first = '', ...rest] = ids;
    expect(await run('dead-letters', 'discard', first)).toMatchObject({ code: 0, output: `${first}: discarded\n` });
    const all = await run('dead-letters', 'replay', '--all');
    expect(all.output).toBe(rest.map((id) => `${id}: replayed to ${TOPIC}\n`).join(''));
    expect(await run('dead-letters', 'replay', first)).toMatchObject({
      code: 1,
      output: `${first}: already discarded\n`,
    });
    const states = (await run('dead-letters', 'list', '--state', 'all', '--json')).output.trim().split('\n');
    expect(states.map((line) => (JSON.parse(line) as { state: string }).state).sort()).toEqual([
      'discarded',
      'replayed',
      'replayed',
      'replayed',
    ]);
  });
});

describe('topics', () => {
  it('are listed with what is behind, and printed without control characters', async () => {
    await log.publish([
      { topic: 'case.events.v1', key: 'k', value: '{"a":"\u009b31m"}', headers: { ce_type: 'io.x' } },
    ]);
    expect((await run('topics', 'list')).output).toMatch(/interactions\.email\.v1 +6 +\d+ +\d+\n/);
    const plain = await run('topics', 'tail', 'case.events.v1', '--from-beginning');
    expect(plain.output).toContain(' k io.x {"a":"\ufffd31m"}');
    const json = await run('topics', 'tail', 'case.events.v1', '--from-beginning', '--json');
    expect(JSON.parse(json.output)).toMatchObject({
      key: 'k',
      value: { a: '\u009b31m' },
      headers: { ce_type: 'io.x' },
    });
  });

  it('are followed until Ctrl-C', async () => {
    const interruption = new AbortController();
    const words = ['topics', 'tail', 'case.state.v1'];
    const stopAtLast = (text: string) => (text.includes('case-7') ? interruption.abort() : undefined);
    const tail = casewright(words, { DATA_DIR: folder }, interruption.signal, false, stopAtLast);
    // It begins at the end of the topic, wherever that is by then.
    for (let count = 0; !interruption.signal.aborted; count = (count + 1) % 8) {
      await log.publish([{ topic: 'case.state.v1', key: `case-${count}`, value: '{}', headers: {} }]);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await tail).toMatchObject({ code: 0, output: expect.stringContaining('case-7') });
  });
});

describe('doctor', () => {
  it('says what works and what does not', async () => {
    const { code, output } = await run('doctor', '--json');
    const findings = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; state: string });
    const states = Object.fromEntries(findings.map(({ what, state }) => [what, state]));
    expect(states).toMatchObject({
      configuration: 'ok',
      standalone: 'ok',
      database: 'ok',
      tables: 'ok',
      log: 'ok',
      topics: 'ok',
      'unsent records': 'ok',
      HTTP: 'ok',
      SMTP: 'warning',
    });
    expect(code).toBe(0);
    expect(output).not.toContain(world.database.connectionString);
  });

  it('warns of records that their topic could not hold', async () => {
    const record = { topic: 'case.events.v1', key: 'a', value: 'x', headers: {} };
    await insertUnsentRecords(world.database.pool, [{ record, reason: 'A record of 9 bytes is too large' }]);
    const { code, output } = await run('doctor');
    await world.database.pool.query('delete from unsent_record');
    expect(code).toBe(0);
    expect(output).toMatch(/warning +unsent records +1 never came into case\.events\.v1, .*A record of 9 bytes/);
  });

  it('ends with 1 when something that is configured does not work', async () => {
    const environment = { DATA_DIR: folder, DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' };
    const { code, output } = await casewright(['doctor'], environment);
    expect(code).toBe(1);
    expect(output).toMatch(/failed +database +does not answer \(.*ECONNREFUSED/);
    expect(output).not.toContain('hidden');
  });
});
