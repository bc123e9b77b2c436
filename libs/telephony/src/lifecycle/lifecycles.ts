import type { Lifecycle, Step } from './lifecycle.js';

const MESSAGE = 'Good afternoon, this is Maria Silva. My order has not arrived. Please call me back.';
const started: Step = { at: 0, what: 'started' };
const rings: Step = { at: 4, what: 'ringing', agents: ['first'] };
const answers: Step = { at: 9, what: 'answered', agent: 'first' };
const callerEnds = (at: number): Step => ({ at, what: 'ended', by: 'caller', reason: 'completed' });
const recorded: readonly Step[] = [started, rings, answers, callerEnds(95), { at: 100, what: 'recorded', seconds: 86 }];
const rangInVain: Step = { at: 24, what: 'leg_ended', agent: 'first', reason: 'no_answer' };
/** The call goes from the phone that nobody took to the mailbox. */
const toTheMailbox: readonly Step[] = [started, rings, rangInVain, { at: 25, what: 'answered_by_machine' }];
const voicemail: readonly Step[] = [
  ...toTheMailbox,
  { at: 72, what: 'ended', by: 'caller', reason: 'voicemail' },
  { at: 74, what: 'message_left', seconds: 44 },
];

/** What `casewright play` can send, and what the specs of each provider read. Names are those of channels.md H and J. */
export const LIFECYCLES: readonly Lifecycle[] = [
  {
    name: 'answered',
    description: 'a caller waits in a queue, an agent answers, the caller ends',
    direction: 'inbound',
    outcome: 'answered',
    steps: [started, { at: 1, what: 'queued' }, rings, answers, callerEnds(95)],
  },
  {
    name: 'recorded',
    description: 'an answered call, with its recording later',
    direction: 'inbound',
    outcome: 'answered',
    steps: recorded,
  },
  {
    name: 'recorded-with-text',
    description: 'the same, and a text of the recording later still',
    direction: 'inbound',
    outcome: 'answered',
    steps: [...recorded, { at: 130, what: 'transcribed', of: 'call', text: 'Good morning, my order has not arrived.' }],
  },
  {
    name: 'missed',
    description: 'a phone rings and nobody answers',
    direction: 'inbound',
    outcome: 'missed',
    steps: [started, rings, rangInVain, { at: 25, what: 'ended', by: 'system', reason: 'no_answer' }],
  },
  {
    name: 'busy',
    description: 'the only agent is on the phone',
    direction: 'inbound',
    outcome: 'missed',
    steps: [started, { at: 2, what: 'ended', by: 'system', reason: 'busy' }],
  },
  {
    name: 'abandoned',
    description: 'a caller gives up in the queue',
    direction: 'inbound',
    outcome: 'abandoned',
    steps: [started, { at: 1, what: 'queued' }, { at: 41, what: 'ended', by: 'caller', reason: 'cancelled' }],
  },
  {
    name: 'transferred',
    description: 'an agent announces the call to another one and hands it over',
    direction: 'inbound',
    outcome: 'answered',
    steps: [
      started,
      rings,
      answers,
      { at: 40, what: 'held', agent: 'first' },
      { at: 55, what: 'transferred', kind: 'attended', from: 'first', to: 'second' },
      { at: 55, what: 'leg_ended', agent: 'first', reason: 'completed' },
      { at: 55, what: 'answered', agent: 'second' },
      callerEnds(120),
    ],
  },
  {
    name: 'blind-transfer',
    description: 'an agent hands the call on without a word; another one answers it',
    direction: 'inbound',
    outcome: 'answered',
    steps: [
      started,
      rings,
      answers,
      { at: 40, what: 'transferred', kind: 'blind', from: 'first', to: 'second' },
      { at: 40, what: 'leg_ended', agent: 'first', reason: 'completed' },
      { at: 41, what: 'ringing', agents: ['second'] },
      { at: 48, what: 'answered', agent: 'second' },
      callerEnds(120),
    ],
  },
  {
    name: 'ring-group',
    description: 'two phones ring at once; one is answered',
    direction: 'inbound',
    outcome: 'answered',
    steps: [
      started,
      { at: 4, what: 'ringing', agents: ['first', 'second'] },
      { at: 9, what: 'answered', agent: 'second' },
      { at: 9, what: 'leg_ended', agent: 'first', reason: 'answered_elsewhere' },
      callerEnds(95),
    ],
  },
  {
    name: 'voicemail',
    description: 'nobody answers, and the caller leaves a message',
    direction: 'inbound',
    outcome: 'voicemail_left',
    steps: voicemail,
  },
  {
    name: 'missed-voicemail',
    description: 'the same, with the text of the message later',
    direction: 'inbound',
    outcome: 'voicemail_left',
    steps: [...voicemail, { at: 110, what: 'transcribed', of: 'message', text: MESSAGE }],
  },
  {
    name: 'voicemail-without-message',
    description: 'a caller reaches the mailbox and says nothing: a missed call',
    direction: 'inbound',
    outcome: 'missed',
    steps: [
      ...toTheMailbox,
      { at: 33, what: 'ended', by: 'caller', reason: 'voicemail' },
      { at: 34, what: 'nothing_said' },
    ],
  },
  {
    name: 'withheld',
    description: 'a caller who hides the number gives up',
    direction: 'inbound',
    withheld: true,
    outcome: 'abandoned',
    steps: [started, { at: 1, what: 'queued' }, { at: 20, what: 'ended', by: 'caller', reason: 'cancelled' }],
  },
  {
    name: 'outbound',
    description: 'an agent calls somebody, who answers',
    direction: 'outbound',
    outcome: 'answered',
    steps: [started, answers, { at: 95, what: 'ended', by: 'agent', reason: 'completed' }],
  },
  {
    name: 'outbound-unanswered',
    description: 'an agent calls somebody, who does not answer',
    direction: 'outbound',
    outcome: 'missed',
    steps: [started, { at: 30, what: 'ended', by: 'system', reason: 'no_answer' }],
  },
  {
    name: 'internal',
    description: 'one agent calls another',
    direction: 'internal',
    outcome: 'internal',
    steps: [
      started,
      { at: 5, what: 'answered', agent: 'second' },
      { at: 60, what: 'ended', by: 'agent', reason: 'completed' },
    ],
  },
];

/** The lifecycle of that name; null when there is none. */
export function lifecycleNamed(name: string): Lifecycle | null {
  return LIFECYCLES.find((lifecycle) => lifecycle.name === name) ?? null;
}
