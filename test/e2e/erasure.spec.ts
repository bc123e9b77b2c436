import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { requestErasure } from '#libs/case-store';
import { CASE_STATE_TOPIC, CONTACT_STATE_TOPIC, contactFactRecord, factRecord, newId, TOPICS } from '#libs/interaction';
import { ACCOUNT_ID, aCall, aContactFact, aCallParty, CALLER, LINE } from '#libs/testing';
import { sweepContents } from '../../apps/case-builder/src/timers/sweep-contents.js';
import { aMail, aReply } from '../mails/a-mail.js';
import { brokenInvariants } from '../invariants/broken-invariants.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const NAME = 'Marília Quintela';
const ADDRESS = 'marilia@loja.example';
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** As texts and bytes may hold her. */
const SPELLINGS: readonly Buffer[] = [NAME, ADDRESS, CALLER, CALLER.slice(1), CALLER.slice(4)].flatMap((one) => [
  Buffer.from(one),
  Buffer.from(one, 'utf16le'),
  Buffer.from(Buffer.from(one).toString('base64').replace(/=+$/, '').slice(0, -1)),
  Buffer.from(encodeURIComponent(one)),
  Buffer.from(quotedPrintable(one)),
]);

function quotedPrintable(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte)))
    .join('');
}

const isAbout = (bytes: Buffer): boolean => SPELLINGS.some((one) => bytes.includes(one));

describe.each(logsUnderTest())('79 erasure on the %s log', (kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const hers = () =>
    aMail({
      from: ADDRESS,
      fromName: NAME,
      subject: `An invoice for ${NAME}`,
      text: `Call me at 910 000 001 or +351 910 000 001.\n${NAME}, ${ADDRESS}\n`,
      headers: [['X-Mailer', `of ${ADDRESS}`]],
    });

  /** Everything that any table says, one text for each row. */
  async function rowsAbout(): Promise<string[]> {
    const { rows: tables } = await world.pool.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await world.pool.query<{ row: string }>(`select t::text as row from "${name}" t`);
      found.push(...rows.filter(({ row }) => isAbout(Buffer.from(row))).map(({ row }) => `${name}: ${row}`));
    }
    return found;
  }

  async function filesAbout(): Promise<string[]> {
    const entries = await readdir(world.intake.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const contents = await Promise.all(files.map((file) => readFile(file)));
    return files.filter((_, index) => isAbout(contents[index] ?? Buffer.alloc(0)));
  }

  /** Keys and values of records that may be removed one by one. */
  async function recordsAbout(): Promise<string[]> {
    const topics = await Promise.all(TOPICS.map(({ name }) => world.allRecords(name)));
    const found = topics
      .flat()
      .filter(({ key, value }) => isAbout(Buffer.concat([Buffer.from(key ?? ''), value ?? Buffer.alloc(0)])));
    return found.map(({ topic, key }) => `${topic} ${key ?? ''}`);
  }

  async function erase(contactId: string): Promise<{ state: string; kept: { kind: string; name: string }[] }> {
    const by = { kind: 'app', id: null } as const;
    await requestErasure(world.pool, ACCOUNT_ID, { id: newId(), contactId, by, reason: 'She asked for it.' });
    await world.builder.erase();
    await sweepContents(world.pool, world.intake.blobs, new AbortController().signal, 0);
    await world.builder.erase();
    await world.settled();
    // What was told of her is gone from the log as well.
    expect((await brokenInvariants(world.pool)).filter((one) => !one.startsWith('untold '))).toEqual([]);
    const { rows } = await world.pool.query('select state, kept from contact_erasure');
    return rows[0] as { state: string; kept: { kind: string; name: string }[] };
  }

  const herId = async (): Promise<string> => (await world.theCase()).requester_id;

  it('brings nobody back when everything is read again, and takes a new message for one of somebody new', async () => {
    const first = hers();
    await world.receives(first);
    const { id, requester_id: contactId } = await world.theCase();
    await erase(contactId);
    await world.replayFromZero();
    expect(await rowsAbout()).toEqual([]);
    expect((await world.pool.query('select id from cases')).rows).toEqual([{ id }]);

    await world.receives(aReply(first, { text: 'Hello again.\n' }));
    const { rows } = await world.pool.query<{ requester_id: string }>('select requester_id from cases where id <> $1', [
      id,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.requester_id).not.toBe(contactId);
  });

  it('leaves no byte of her in any table and file, and her cases where they were', async () => {
    const strays = await filesAbout();
    const first = hers();
    await world.receives(first, aReply(first, { text: `It is urgent. ${NAME}\n` }));
    const before = await world.theCase();
    expect(await rowsAbout()).not.toEqual([]);
    expect(await filesAbout()).not.toEqual(strays);

    const { kept } = await erase(before.requester_id);
    expect(kept.filter(({ kind }) => kind !== 'topic')).toEqual([]);
    expect(await rowsAbout()).toEqual([]);
    expect(await filesAbout()).toEqual(strays);
    expect(kind === 'embedded' ? await recordsAbout() : []).toEqual([]);
    const { rows } = await world.pool.query('select number::text, category, interaction_count, subject from cases');
    expect(rows).toEqual([
      { number: before.number, category: before.category, interaction_count: 2, subject: '[redacted]' },
    ]);
  });

  it('reaches closed cases, the call bar, comments and calls', async () => {
    await world.receives(hers());
    const id = await herId();
    await world.pool.query(
      `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
       values ($1, 'phone', $2, $3, $2, now())`,
      [ACCOUNT_ID, CALLER, id],
    );
    const facts = aCall().map((fact, index) =>
      index === 0 ? { ...fact, from: aCallParty(CALLER, NAME), to: aCallParty(LINE) } : fact,
    );
    await world.publishes(...facts.map((fact) => factRecord(fact)));
    await world.settled();
    const [one] = await world.cases();
    await world.pool.query(
      `insert into comment (account_id, id, case_id, author, public, body_text, created_at)
       values ($1, gen_random_uuid(), $2, '{"kind":"agent","id":null}', false, $3, now())`,
      [ACCOUNT_ID, one?.id, `I called ${NAME.toUpperCase()} (${ADDRESS}).`],
    );
    await world.resolve(one?.id ?? '');
    await world.set(one?.id ?? '', { closed_at: `date_trunc('milliseconds', now())`, closed_reason: `'auto_close'` });

    expect(await erase(id)).toMatchObject({ state: 'done' });
    expect(await rowsAbout()).toEqual([]);
  });

  it('keeps what another contact sent, and names it', async () => {
    const picture = { name: 'logo.png', base64: PICTURE };
    await world.receives(withPicture(hers(), picture), withPicture(aMail({ cc: [ADDRESS] }), picture));
    const [first] = await world.cases();
    const { state, kept } = await erase(first?.requester_id ?? '');
    expect(state).toBe('done');
    expect(kept).toContainEqual(expect.objectContaining({ kind: 'content', kept_because: 'used_elsewhere' }));
    expect(await rowsAbout()).toEqual([]);
    const contacts = await world.contacts();
    expect(contacts.map(({ address }) => address)).toEqual(['carla@customer.example']);
  });

  it('leaves a case that is held, and says so', async () => {
    await world.receives(hers());
    const { id, requester_id: contactId } = await world.theCase();
    await world.pool.query(
      `insert into legal_hold (account_id, case_id, reason, placed_at) values ($1, $2, 'Court', now())`,
      [ACCOUNT_ID, id],
    );
    const { state, kept } = await erase(contactId);
    expect(state).toBe('partly');
    expect(kept).toContainEqual({ kind: 'case', name: id, kept_because: 'legal_hold' });
    expect((await world.theCase()).subject).toBe(`An invoice for ${NAME}`);
  });

  it('ends with states on the compacted topics that do not know her', async () => {
    await world.receives(hers());
    const { id, requester_id: contactId } = await world.theCase();
    await erase(contactId);
    const lastOf = async (topic: string, key: string) =>
      (await world.allRecords(topic)).filter((record) => record.key === key).at(-1)?.value;
    const state = await lastOf(CASE_STATE_TOPIC, id);
    expect(isAbout(state ?? Buffer.from(NAME))).toBe(false);
    expect(await lastOf(CONTACT_STATE_TOPIC, contactId)).toBeNull();
  });

  it('takes what directories told of her, in whoever lives on in her, and a repetition tells nothing', async () => {
    const address = { value: ADDRESS, primary: true };
    const facts = [
      aContactFact('upserted', 0, { name: NAME, company: `${NAME} Lda`, emails: [address] }),
      aContactFact('upserted', 1, {
        contact: { integration: 'crm', externalId: 'crm-77' },
        name: NAME,
        phones: [{ value: CALLER, raw: '910 000 001' }],
      }),
      aContactFact('merged', 2, { mergedExternalIds: ['crm-77'] }),
    ];
    await world.publishes(...facts.map((fact) => contactFactRecord(fact)));
    await world.settled();
    await world.receives(hers());
    const { requester_id: contactId } = await world.theCase();
    expect(await erase(contactId)).toMatchObject({ state: 'done' });
    expect(await rowsAbout()).toEqual([]);

    await world.publishes(...facts.map((fact) => contactFactRecord(fact)));
    await world.settled();
    expect(await rowsAbout()).toEqual([]);
    expect(await world.contacts()).toEqual([]);
  });

  it('is found however she is spelled in what was never settled', async () => {
    await world.receives(hers());
    const contactId = await herId();
    for (const text of [`{"from":"${ADDRESS}"}`, `x${Buffer.from(ADDRESS).toString('base64')}`, `tel ${CALLER}`]) {
      await world.publishes({ topic: 'interactions.email.v1', key: text, value: text, headers: {} });
    }
    await world.settled();
    expect((await world.deadLetters()).length).toBe(3);
    await erase(contactId);
    const { rows } = await world.pool.query('select record_value, state from dead_letter order by id');
    expect(rows.filter(({ record_value: value }) => value !== null)).toHaveLength(1);
  });
});

function withPicture(
  mail: ReturnType<typeof aMail>,
  { name, base64 }: { readonly name: string; readonly base64: string },
): ReturnType<typeof aMail> {
  const parts = [
    `--b\nContent-Type: text/plain; charset=utf-8\n\n${mail.text}`,
    `--b\nContent-Type: image/png; name="${name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n\n${base64}\n`,
    '--b--\n',
  ];
  return {
    ...mail,
    headers: [...mail.headers, ['MIME-Version', '1.0'], ['Content-Type', 'multipart/mixed; boundary=b']],
    text: parts.join('\n'),
  };
}
