import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CallFact, factRecord, interactionRecord, type VoicemailFact } from '#libs/interaction';
import { aCallFact, aCallParty, anInteraction, aVoicemailFact, CALLER, instantAt, LINE } from '#libs/testing';
import { SALES, SUPPORT } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const HOUR = 3600;
const started = aCallFact('started', 0, { from: aCallParty(CALLER), to: aCallParty(LINE) });
const missed = aCallFact('ended', 41, { end: { reason: 'voicemail' } });
const parties = { from: aCallParty(CALLER), to: aCallParty(LINE), durationMs: 47_000 };
const left = aVoicemailFact('left', 50, { ...parties, recording: { id: 'r-1', status: 'pending' } });
const ofCall = aVoicemailFact('left', 50, { ...parties, callId: 'c-77', recording: { id: 'r-1', status: 'pending' } });
/** As a recording is told of by systems that name its call, and neither the number nor the line. */
const nameless = aVoicemailFact('left', 50, { callId: 'c-77', recording: { id: 'r-1', status: 'pending' } });
/** A text that its system names by the call alone. */
const text = aVoicemailFact('transcript', 90, {
  voicemailId: 'c-77',
  callId: 'c-77',
  transcript: { status: 'completed', text: 'Bom dia.', language: 'pt-PT' },
});

/** The same message as a mail brings it, on the machine of the group. */
const aMail = (
  seconds: number,
  {
    duration = 47,
    caller = CALLER,
    sound = 'a',
    box = null as string | null,
    callId = null as string | null,
    address = SUPPORT,
  } = {},
) =>
  anInteraction({
    channel: 'voicemail',
    provider: 'asterisk',
    externalId: `<${seconds}.${sound}@pbx.example>`,
    source: 'voicemail',
    occasion: 'voicemail',
    occurredAt: instantAt(seconds),
    receivedAt: instantAt(seconds + 5),
    endpoint: { kind: 'mailbox', address },
    sender: { kind: 'phone', value: caller, name: null },
    recipients: [],
    content: {
      subject: 'New message',
      text: 'There is a new voicemail.',
      attachments: [{ name: 'm.wav', mediaType: 'audio/wav', sha256: sound.repeat(64), size: 7, inline: false }],
    },
    details: { voicemail: { durationSeconds: duration, mailbox: box, callId } },
  });

describe.each(logsUnderTest())('messages and their calls, on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  type Told = CallFact | VoicemailFact | ReturnType<typeof anInteraction>;
  const tell = async (...told: Told[]): Promise<void> => {
    await world.publishes(...told.map((one) => ('kind' in one ? factRecord(one) : interactionRecord(one))));
    await world.settled();
  };
  const timePasses = async (): Promise<void> => {
    await world.builder.passTime();
    await world.settled();
  };
  const outcomes = async (): Promise<string[]> => (await world.interactions()).map(({ outcome }) => outcome).sort();

  it.each<[string, Told[][]]>([
    ['call then voicemail', [[started, missed], [aMail(50)]]],
    ['voicemail then call', [[aMail(50)], [started, missed]]],
    ['in the middle of the call', [[started], [aMail(50)], [missed]]],
    ['at once', [[started, aMail(50), missed]]],
  ])('49 a message of which nobody told the call, %s: one case', async (_, batches) => {
    for (const batch of batches) {
      await tell(...batch);
    }
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, requester: CALLER });
    expect(await outcomes()).toEqual(['attached', 'created']);
  });

  const fetched = aVoicemailFact('recording', 60, {
    recording: { id: 'r-1', status: 'available', mediaType: 'audio/wav' },
  });
  it.each<[string, Told[][]]>([
    ['in the middle of the call', [[started], [nameless], [missed]]],
    ['after the call', [[started, missed], [nameless]]],
    ['before anything of the call, and its sound after that', [[nameless], [started, missed], [fetched]]],
  ])('49 a message that names its call alone is of the number and on the line of that, told %s', async (_, batches) => {
    for (const batch of batches) {
      await tell(...batch);
    }
    const theCase = await world.theCase();
    expect(theCase).toMatchObject({ interaction_count: 2, requester: CALLER });
    expect(await outcomes()).toEqual(['attached', 'created']);
    const message = (await world.interactions()).find(({ channel }) => channel === 'voicemail');
    expect(message?.subject).toBe(`Voicemail from ${CALLER}`);
  });

  it.each<[string, Told[]]>([
    ['of which the call comes later', [started, missed]],
    ['of which no call ever comes', []],
  ])('49 a message that names its call alone, %s, waits a minute for that', async (_, later) => {
    await tell(nameless);
    await tell(...later);
    expect(await outcomes()).toEqual([...(later.length === 0 ? [] : ['created']), 'waiting']);
    world.setNow(new Date(Date.now() + 61_000));
    await timePasses();
    const ends = later.length === 0 ? ['recorded:endpoint_not_configured'] : ['attached', 'created'];
    expect(await outcomes()).toEqual(ends);
  });

  it('belongs to the call that its mail names, however many there were', async () => {
    const other = { callId: 'c-78', from: aCallParty(CALLER), to: aCallParty(LINE) };
    await tell(started, missed, aCallFact('started', 20, other), aCallFact('ended', 45, other));
    await tell(aMail(50, { callId: 'c-77' }));
    expect((await world.interactions()).some(({ evidence }) => evidence.thread['rule'] === 'its_call')).toBe(true);
  });

  it.each<[string, ReturnType<typeof anInteraction>]>([
    ['longer after the end', aMail(41 + 121)],
    ['before the call', aMail(-1)],
    ['by somebody else', aMail(50, { caller: '+351910000009' })],
  ])('left %s is another matter', async (_, mail) => {
    await tell(started, missed);
    await tell(mail);
    const evidence = (await world.interactions()).map((one) => one.evidence.thread['rule']);
    expect(evidence).not.toContain('its_call');
  });

  it.each<[string, Told[]]>([
    ['by webhook, then by mail', [left, aMail(55, { sound: 'b' })]],
    ['by mail, then by webhook', [aMail(55, { sound: 'b' }), left]],
  ])('49 one message that comes %s is one', async (_, [first, second]) => {
    await tell(first!);
    await tell(second!);
    const theCase = await world.theCase();
    expect(theCase).toMatchObject({ interaction_count: 1, requester: CALLER });
    expect(await outcomes()).toEqual(['created', 'duplicate']);
    const rows = await world.interactions();
    const [created, double] = ['created', 'duplicate'].map((one) => rows.find(({ outcome }) => outcome === one));
    expect(double).toMatchObject({ case_id: null, evidence: { settled: { same_as: created?.id } } });
    await timePasses();
    expect(await world.soundsOf(created!.id)).toEqual(['b'.repeat(64)]);
    expect(await world.builder.passTime()).toBe(0);
  });

  it('that is longer, or was left at another time, or has a sound of its own of that kind, is another one', async () => {
    const sound = { status: 'available', mediaType: 'audio/x-wav' } as const;
    await tell(left, aMail(55, { duration: 49 }), aMail(50 + 121, { sound: 'c' }));
    expect(await outcomes()).not.toContain('duplicate');
    await tell(aVoicemailFact('recording', 60, { recording: { id: 'r-1', ...sound } }));
    await tell(aMail(57, { sound: 'd' }));
    expect(await outcomes()).not.toContain('duplicate');
  });

  it.each<[string, string]>([
    ['of one case', SUPPORT],
    ['of two cases', SALES],
  ])('49 two messages %s that turn out to be one later on', async (_, address) => {
    await tell(aMail(52, { sound: 'b', address }));
    await tell({ ...left, durationMs: null });
    expect(await world.cases()).toHaveLength(address === SUPPORT ? 1 : 2);
    await tell(aVoicemailFact('recording', 95, { recording: { id: 'r-1', status: 'pending', durationMs: 47_400 } }));
    await timePasses();
    const [main, ...merged] = await world.cases();
    expect(main).toMatchObject({ interaction_count: 1, merged_into_id: null });
    expect(merged.every(({ merged_into_id, closed }) => closed && merged_into_id === main?.id)).toBe(true);
    expect(await outcomes()).toEqual(['created', 'duplicate']);
  });

  it('49 two messages stay two cases where a person has worked in the younger', async () => {
    await tell(aMail(52, { sound: 'b', address: SALES }));
    await tell({ ...left, durationMs: null });
    const younger = (await world.cases()).at(-1);
    await world.set(younger!.id, { last_agent_at: 'now()' });
    await tell(aVoicemailFact('recording', 95, { recording: { id: 'r-1', status: 'pending', durationMs: 47_400 } }));
    expect((await world.cases()).map(({ merged_into_id }) => merged_into_id)).toEqual([null, null]);
    expect(await outcomes()).toEqual(['created', 'created']);
  });

  it('with the same sound is one, whatever else was told', async () => {
    await tell(aMail(50));
    await tell(aMail(10 * HOUR, { duration: 3 }));
    expect(await outcomes()).toEqual(['created', 'duplicate']);
  });

  it.each<[string, VoicemailFact[]]>([
    ['after it', [ofCall, text]],
    ['before it', [text, ofCall]],
  ])('F27 a text that names only the call finds its message that came %s', async (_, [first, second]) => {
    await tell(started, missed);
    await tell(first!);
    await tell(second!);
    await timePasses();
    await timePasses();
    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    expect((await outcomes()).filter((one) => one !== 'duplicate')).toEqual(['attached', 'created']);
    expect(await world.described()).toContain('Bom dia.');
  });
});
