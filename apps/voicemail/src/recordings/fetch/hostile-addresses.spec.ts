import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FetchWorld, give, NAMED, OTHER_OWN, OWN, redirect, sound } from '../../testing/fetch-world.js';

let world: FetchWorld;
beforeAll(async () => {
  world = await FetchWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('an address that leads elsewhere', () => {
  it('F8 is never asked when its host is nobody’s', async () => {
    for (const address of [
      'https://evil.example/rec.wav',
      `https://${OWN}.evil.example/rec`,
      `https://${OWN}@evil.example/rec`,
      `https://user:secret@${OWN}/rec`,
      'https://169.254.169.254/latest/meta-data/',
      'https://2130706433/rec',
      'https://0177.0.0.1/rec',
      'https://0x7f000001/rec',
      'https://[::ffff:127.0.0.1]/rec',
    ]) {
      expect([address, (await world.fetched(address)).end]).toEqual([address, 'failed']);
    }
    expect([world.asked, world.reached()]).toEqual([[], []]);
  });

  it.each([
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/', 'host_not_allowed'],
    ['another host', () => world.provider.at('evil.example', '/rec'), 'host_not_allowed'],
    ['ourselves', () => 'https://127.0.0.1/rec', 'host_not_allowed'],
    ['ourselves in digits', () => 'https://2130706433/rec', 'host_not_allowed'],
    ['somebody behind an at-sign', () => `https://${OWN}@evil.example/rec`, 'invalid_address'],
    ['a file', () => 'file:///etc/passwd', 'invalid_address'],
    ['itself, for ever', () => world.provider.at(OWN, '/hop'), 'too_many_redirects'],
  ])('by a redirect to %s is refused', async (_, to, failure) => {
    world.answers['/hop'] = redirect(to());
    expect(await world.fetched(world.provider.at(OWN, '/hop'))).toMatchObject({ end: 'failed', failure });
    expect(new Set(world.reached())).toEqual(new Set([`${OWN}/hop`]));
    expect(world.stored).toBe(0);
  });

  it('down to plain HTTP is refused, unless the host is named', async () => {
    world.answers['/hop'] = redirect(world.stranger.at(OTHER_OWN, '/rec'));
    expect(await world.fetched(world.provider.at(OWN, '/hop'), { named: [OWN] })).toMatchObject({
      failure: 'host_not_allowed',
    });
    world.answers['/hop'] = redirect(`http://${OTHER_OWN}/rec`);
    expect(await world.fetched(world.provider.at(OWN, '/hop'), { named: [OWN] })).toMatchObject({
      failure: 'not_https',
    });
    expect(world.stranger.seen).toEqual([]);
  });

  it('is followed three times, and credentials stay with the host that they are for', async () => {
    Object.assign(world.answers, {
      '/1': redirect('/2', 301),
      '/2': redirect(world.provider.at(OTHER_OWN, '/3'), 307),
      '/3': redirect(world.provider.at(NAMED, '/rec'), 308),
    });
    expect(await world.fetched(world.provider.at(OWN, '/1'))).toMatchObject({ end: 'stored', host: NAMED });
    expect(world.credentials().map(({ host, path }) => `${host}${path}`)).toEqual([`${OWN}/1`, `${OWN}/2`]);
    world.answers['/rec'] = redirect('/end');
    world.answers['/end'] = give(sound);
    expect(await world.fetched(world.provider.at(OWN, '/1'))).toMatchObject({
      end: 'failed',
      failure: 'too_many_redirects',
    });
  });

  it('is private, or private as well, and of a host that nobody named', async () => {
    const hidden = [['10.0.0.1'], ['::ffff:127.0.0.1'], ['fd00:ec2::254'], ['169.254.169.254'], ['64:ff9b::7f00:1']];
    for (const addresses of [...hidden, ['1.1.1.1 10.0.0.1']]) {
      world.names[OWN] = addresses;
      expect([addresses, await world.fetched(`https://${OWN}/rec`, { named: [] })]).toEqual([
        addresses,
        { end: 'failed', failure: 'private_address', host: OWN },
      ]);
    }
    expect(world.reached()).toEqual([]);
  });

  it('is looked up once: who answered is who is asked, whatever the name says the next time', async () => {
    world.names[NAMED] = ['127.0.0.1', '127.0.0.2'];
    expect(await world.fetched(world.provider.at(NAMED, '/rec'))).toMatchObject({ end: 'stored' });
    expect([world.asked, world.provider.seen.length, world.inside.seen.length]).toEqual([[NAMED], 1, 0]);
  });

  it('is checked anew at each hop: a name that turns private on the way is refused', async () => {
    world.names[OTHER_OWN] = ['127.0.0.2'];
    world.answers['/hop'] = redirect(`https://${OTHER_OWN}/rec`);
    expect(await world.fetched(world.provider.at(OWN, '/hop'), { named: [OWN] })).toMatchObject({
      failure: 'private_address',
    });
    expect([world.asked, world.inside.seen]).toEqual([[OWN, OTHER_OWN], []]);
  });

  it('has a certificate of somebody else', async () => {
    world.names['files.acme.local'] = ['127.0.0.1'];
    const address = world.provider.at('files.acme.local', '/rec');
    expect(await world.fetched(address, { named: ['files.acme.local'] })).toMatchObject({
      end: 'again',
      reason: 'unreachable',
    });
    expect(world.reached()).toEqual([]);
  });
});
