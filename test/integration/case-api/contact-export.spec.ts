import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMail, readZip } from '#libs/testing';
import { receive } from './beside-http.js';
import { aWorldOfContacts, type Contact, type ContactsWorld } from './contacts-world.js';
import { OUR_ACCOUNT } from './identities.js';

let contacts: ContactsWorld;
beforeAll(async () => {
  contacts = await aWorldOfContacts();
});
afterAll(() => contacts.world.close());

async function download(path: string, key = contacts.key) {
  const url = await contacts.world.application.getUrl();
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** A mail of Rita whose original, with a recording in it, lies in the store. */
async function aStoredMail(index: number) {
  const { blobs } = contacts.world;
  const raw = await blobs.put(Buffer.from(`Subject: Lamp ${index}\r\n\r\nBroken.`));
  const sound = await blobs.put(Buffer.from(`sound ${index}`));
  if (!raw.ok || !sound.ok) {
    throw new Error('nothing was stored');
  }
  const reference = { sha256: raw.sha256, size: raw.size, mediaType: 'message/rfc822' };
  const attachment = {
    sha256: sound.sha256,
    size: sound.size,
    mediaType: 'audio/mpeg',
    name: '../../evil.mp3',
    inline: false,
  };
  return aMail(
    { messageId: `<export-${index}@example.org>`, from: 'rita@example.org' },
    {
      accountId: OUR_ACCOUNT,
      content: { subject: `Lamp ${index}`, text: 'Broken.', raw: reference, attachments: [attachment] },
    },
  );
}

describe('GET /v1/contacts/{id}/export', () => {
  it('is a zip of everything that is kept of the contact', async () => {
    const mails = [await aStoredMail(1), await aStoredMail(2)];
    const [caseId] = await receive(contacts.world, ...mails);
    await receive(
      contacts.world,
      aMail({ messageId: '<other@example.org>', from: 'rui@example.org' }, { accountId: OUR_ACCOUNT }),
    );
    for (const said of [{ public: true, body_text: 'A new one is on its way.' }, { body_text: 'She is nice.' }]) {
      await contacts.writer.send(`POST /v1/cases/${caseId ?? ''}/comments`, said);
    }
    await contacts.world.blobs.delete(mails[1]?.content.raw?.sha256 ?? '');
    const { status, headers, bytes } = await download('/v1/contacts/email:rita@example.org/export');
    const contact = (await contacts.send('GET /v1/contacts/email:rita@example.org')).body;
    expect([
      status,
      headers.get('content-type'),
      headers.get('content-disposition'),
      headers.get('cache-control'),
    ]).toEqual([...[200, 'application/zip', `attachment; filename="contact-${contact.id}.zip"`, 'no-store']]);
    const files = await readZip(bytes);
    const [first, second] = mails.map(({ id }) => id);
    expect([...files.keys()].toSorted()).toEqual(
      [
        ...['cases.json', 'contact.json', 'interactions.json', 'missing.json', `mails/${first}.eml`],
        ...[`recordings/${first}-1.mp3`, `recordings/${second}-1.mp3`],
      ].toSorted(),
    );
    const json = <Value>(name: string): Value => JSON.parse(files.get(name)?.toString() ?? '') as Value;
    expect(json<Contact>('contact.json')).toEqual(contact);
    const cases = json<{ id: string; comments: { body_text: string }[] }[]>('cases.json');
    expect(cases.map(({ id }) => id)).toContain(caseId);
    expect(cases.flatMap(({ comments }) => comments.map((one) => one.body_text))).toEqual(['A new one is on its way.']);
    expect(
      json<{ id: string }[]>('interactions.json')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([first, second].toSorted());
    expect(files.get(`mails/${first}.eml`)?.toString()).toContain('Subject: Lamp 1');
    expect(json('missing.json')).toMatchObject([{ interaction_id: second, name: `mails/${second}.eml` }]);
  });

  it('has lists without anything for somebody who never wrote, and is for administrators of the account alone', async () => {
    const { body } = await contacts.send('POST /v1/contacts', { name: 'Quiet' });
    const files = await readZip((await download(`/v1/contacts/${body.id}/export`)).bytes);
    expect([...files.keys()]).toEqual(['contact.json', 'cases.json', 'interactions.json']);
    expect(files.get('cases.json')?.toString()).toBe('[\n]\n');
    expect((await download(`/v1/contacts/${body.id}/export`, contacts.reader)).status).toBe(403);
    expect((await download(`/v1/contacts/${body.id}/export`, contacts.theirs)).status).toBe(404);
  });
});
