/** Who is rung, talks and hands on. */
export type AgentPart = 'first' | 'second';

/** Something that happens in a call, whoever tells it and in which words. `at`: seconds from its beginning. */
export type Step = { readonly at: number } & (
  | { readonly what: 'started' | 'queued' }
  | { readonly what: 'ringing'; readonly agents: readonly AgentPart[] }
  /** A menu, an announcement or a mailbox takes the call: nobody is connected. */
  | { readonly what: 'answered_by_machine' }
  | { readonly what: 'answered' | 'held' | 'resumed'; readonly agent: AgentPart }
  /** From the one to the other, who answers in a step of its own. */
  | {
      readonly what: 'transferred';
      readonly kind: 'blind' | 'attended';
      readonly from: AgentPart;
      readonly to: AgentPart;
    }
  /** The phone of an agent stopped ringing, or the agent left; the call goes on. */
  | { readonly what: 'leg_ended'; readonly agent: AgentPart; readonly reason: LegEnd }
  | { readonly what: 'ended'; readonly by: 'caller' | 'agent' | 'system'; readonly reason: Ending }
  | { readonly what: 'recorded'; readonly seconds: number }
  | { readonly what: 'message_left'; readonly seconds: number }
  /** The mailbox was reached, and nothing was said. */
  | { readonly what: 'nothing_said' }
  /** A machine's text of the recording, or of the message. */
  | { readonly what: 'transcribed'; readonly of: 'call' | 'message'; readonly text: string }
);
export type StepName = Step['what'];
export type LegEnd = 'completed' | 'no_answer' | 'answered_elsewhere';
export type Ending = 'completed' | 'no_answer' | 'busy' | 'cancelled' | 'voicemail';

/** What becomes of one call, from its beginning to the last that is told of it: the same whoever tells it. */
export interface Lifecycle {
  readonly name: string;
  /** For people, as part of a list. */
  readonly description: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  /** The caller hides the number. */
  readonly withheld?: true;
  /** What it is in the end (channels.md F), the message that was left included. */
  readonly outcome: 'answered' | 'missed' | 'abandoned' | 'voicemail_left' | 'internal';
  readonly steps: readonly Step[];
}

/** When whom of ours answered, in order. */
export function answersOf({ steps }: Lifecycle): readonly { readonly at: number; readonly agent: AgentPart }[] {
  return steps.flatMap((step) => (step.what === 'answered' ? [{ at: step.at, agent: step.agent }] : []));
}
