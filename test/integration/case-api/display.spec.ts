import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Content } from '#libs/interaction';
import { anInteraction } from '#libs/testing';
import { insertInteraction } from './downloads.js';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

interface Display {
  readonly text: string;
  readonly quoted_text: string | null;
  readonly html: string | null;
  readonly html_unavailable: string | null;
  readonly blocked_images: number;
  readonly inline: readonly { readonly content_id: string; readonly sha256: string }[];
}

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

let serial = 0;

/** Stores an interaction that says this and returns the path of its display. */
async function stored(content: Partial<Content>): Promise<string> {
  serial += 1;
  const interaction = anInteraction({
    accountId: OUR_ACCOUNT,
    externalId: `display-${serial}`,
    content: { subject: 'Lamp', text: 'It does not light.', attachments: [], ...content },
  });
  await insertInteraction(world, interaction);
  return `/v1/interactions/${interaction.id}/display`;
}

/** HTML that was put into the blob store because of its size. */
async function large(html: string): Promise<Partial<Content>> {
  const put = await world.blobs.put(Buffer.from(html));
  const sha256 = put.ok ? put.sha256 : '';
  return { htmlReference: { sha256, size: Buffer.byteLength(html), mediaType: 'text/html' } };
}

const displayOf = async (content: Partial<Content>) => world.get<Display>(await stored(content));

describe('GET /v1/interactions/{id}/display', () => {
  it('parts the text where its quoted history begins, and shows no HTML where there is none', async () => {
    const { status, body } = await displayOf({ text: 'Thank you.\n\nOn Monday we wrote:\n> Hello', quoteStart: 12 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ subject: 'Lamp', text: 'Thank you.', quoted_text: 'On Monday we wrote:\n> Hello' });
    expect(body).toMatchObject({ html: null, html_unavailable: null, inline: [], blocked_images: 0 });
    expect((await displayOf({})).body).toMatchObject({ text: 'It does not light.', quoted_text: null });
  });

  it('sanitises HTML and names the parts that it shows', async () => {
    const image = { name: 'lamp.jpg', sha256: 'c'.repeat(64), size: 3, mediaType: 'image/jpeg', inline: true };
    const { body } = await displayOf({
      html: '<p onclick="x()">Look: <img src="cid:lamp@x"><img src="https://t.example/1.gif"></p><script>x()</script>',
      attachments: [
        { ...image, contentId: 'lamp@x' },
        { ...image, sha256: 'd'.repeat(64), contentId: 'unused@x' },
      ],
    });
    expect(body.html).toBe(
      `<p>Look: <img data-attachment="${'c'.repeat(64)}" /><img data-blocked-src="https://t.example/1.gif" /></p>`,
    );
    expect(body).toMatchObject({ blocked_images: 1, inline: [{ content_id: 'lamp@x', sha256: 'c'.repeat(64) }] });
  });

  it('reads large HTML from the blob store', async () => {
    const { body } = await displayOf(await large(`<p>${'lamp '.repeat(30_000)}</p>`));
    expect(body.html).toHaveLength(150_007);
  });

  it('tells why HTML is not shown: too large, or gone', async () => {
    const { htmlReference } = await large('<p>x</p>');
    const missing = { sha256: 'e'.repeat(64), size: 5, mediaType: 'text/html' };
    const tooLarge = { ...(htmlReference ?? missing), size: 5_000_000 };
    expect((await displayOf({ htmlReference: tooLarge })).body).toMatchObject({
      html: null,
      html_unavailable: 'too_large',
    });
    expect((await displayOf({ htmlReference: missing })).body).toMatchObject({ html: null, html_unavailable: 'gone' });
  });

  it('answers others while hostile HTML is in work, which ends in time', async () => {
    const rows = '<tr><td style="color:red;padding:1px">x</td></tr>'.repeat(40_000);
    const hostile = await stored(await large(`<table>${rows}</table>`.slice(0, 2_000_000)));
    const harmless = await stored({});
    const order: string[] = [];
    const startedAt = performance.now();
    const slow = world.get<Display>(hostile).finally(() => order.push('slow'));
    const quick = await world.get(harmless).finally(() => order.push('quick'));
    const waited = performance.now() - startedAt;
    const { status, body } = await slow;
    expect([quick.status, status]).toEqual([200, 200]);
    expect(order).toEqual(['quick', 'slow']);
    expect(waited).toBeLessThan(1_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(body.html === null ? body.html_unavailable : 'shown').toMatch(/^(shown|timeout)$/);
  });

  it('is nobody else’s', async () => {
    const path = await stored({});
    expect((await world.get(path, { key: world.theirs })).status).toBe(404);
    expect((await world.get(path, { key: null })).status).toBe(401);
    expect((await world.get('/v1/interactions/none/display')).status).toBe(404);
  });
});
