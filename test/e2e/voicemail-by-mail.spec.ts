import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { interactionRecord, type InteractionRecord } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { anInteraction } from '#libs/testing';
import { aMail, type Mail } from '../mails/a-mail.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const CALLER = '+351210000001';

describe.each(logsUnderTest())('a voicemail that comes as mail, on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const stateOfTheCase = async (): Promise<unknown> =>
    JSON.parse((await world.records('case.state.v1')).at(-1)?.value?.toString() ?? 'null');

  it('opens a case of its own kind, for the caller, with the sound', async () => {
    await world.receives(aVoicemailMail());

    expect(await world.theCase()).toMatchObject({ interaction_count: 1, requester: CALLER });
    expect(await stateOfTheCase()).toMatchObject({ source: 'voicemail' });
    expect(await world.interactions()).toMatchObject([{ outcome: 'created' }]);
    const [record] = await world.allRecords('interactions.voicemail.v1');
    expect(JSON.parse(record?.value?.toString() ?? '')).toMatchObject({
      sender: { kind: 'phone', value: CALLER, name: 'Maria Silva' },
      content: { attachments: [{ mediaType: 'audio/x-wav' }] },
    });
  });

  it('is one when it comes twice', async () => {
    const mail = aVoicemailMail();
    await world.receives(mail, mail);

    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
  });

  it('joins the case of another voicemail of the same call', async () => {
    const call = [['X-Call-ID', '1795251600.42']] as const;
    await world.receives(aVoicemailMail(call), aVoicemailMail(call, 'another sound'));

    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
  });

  it.each([
    ['before', true],
    ['after', false],
  ])('meets its call that came %s it', async (_when, callFirst) => {
    const voicemail = aVoicemailMail([['X-Call-ID', '1795251600.77']]);
    const arrivals = [
      () => world.publishes(aCall('1795251600.77')).then(() => world.settled()),
      () => world.receives(voicemail),
    ];
    for (const arrives of callFirst ? arrivals : arrivals.reverse()) {
      await arrives();
    }

    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
  });

  it('is not silenced by what its machine says of itself', async () => {
    await world.receives({
      ...aVoicemailMail([
        ['Auto-Submitted', 'auto-replied'],
        ['Precedence', 'bulk'],
      ]),
      envelopeFrom: '',
    });

    expect(await stateOfTheCase()).toMatchObject({ source: 'voicemail' });
  });

  it('of a caller who hides the number, each opens its own case', async () => {
    const hidden = [['X-Asterisk-VM-Caller-ID-Num', 'anonymous']] as const;
    await world.receives(aVoicemailMail(hidden), aVoicemailMail(hidden, 'another sound'));

    expect(await world.cases()).toHaveLength(2);
  });
});

/** A missed call, as a telephony adapter will publish it. */
function aCall(callId: string): InteractionRecord {
  return interactionRecord(
    anInteraction({
      accountId: defaultAccountId,
      channel: 'call',
      provider: 'asterisk',
      externalId: callId,
      source: 'call_inbound',
      occasion: 'call_missed',
      sender: { kind: 'phone', value: CALLER, name: null },
      threadKeys: [{ kind: 'call_id', value: callId }],
    }),
  );
}

/** As Asterisk sends it; the headers that are told come first and count. */
function aVoicemailMail(headers: Mail['headers'] = [], sound = 'RIFF'): Mail {
  const told = new Set(headers.map(([name]) => name));
  const usual: Mail['headers'] = [
    ['X-Asterisk-VM-Message-Num', '1'],
    ['X-Asterisk-VM-Caller-ID-Num', CALLER],
    ['X-Asterisk-VM-Caller-ID-Name', 'Maria Silva'],
    ['X-Asterisk-VM-Duration', '47'],
  ];
  return aMail({
    from: 'asterisk@pbx.example',
    fromName: 'Asterisk PBX',
    subject: 'New message 1 in mailbox 2001',
    headers: [
      ...headers,
      ...usual.filter(([name]) => !told.has(name)),
      ['MIME-Version', '1.0'],
      ['Content-Type', 'multipart/mixed; boundary=edge'],
    ],
    text: [
      '--edge\nContent-Type: text/plain\n\nThere is a new voicemail.\n',
      `--edge\nContent-Type: audio/x-wav; name=msg0001.wav\nContent-Disposition: attachment\n\n${sound}\n--edge--\n`,
    ].join(''),
  });
}
