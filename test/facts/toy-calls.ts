import { interactionId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import type { ToyBegun, ToyFact, ToyNote } from './toy-call.js';

/** The three facts of a call, a minute after another; the caller follows from the name of the call. */
export function aToyCall(callId: string, begun: Partial<ToyBegun> = {}): [ToyFact, ToyFact, ToyFact] {
  const { accountId = defaultAccountId } = begun;
  const common = { accountId, callId };
  return [
    {
      ...common,
      part: 'begun',
      at: at(0),
      words: 'It rings.',
      from: callerOf(callId),
      to: LINE,
      proof: 'unknown',
      rootCallId: null,
      ...begun,
    },
    { ...common, part: 'answered', at: at(1), words: 'Ana takes it.' },
    { ...common, part: 'ended', at: at(2), words: 'They hang up.' },
  ];
}

/** A fact that comes late and changes no case. */
export function aToyNote(callId: string, words = 'She will call again.', accountId = defaultAccountId): ToyNote {
  return { accountId, callId, part: 'note', at: at(30), words };
}

/** The interaction that the facts about a call become. */
export function toyInteractionId(callId: string): string {
  return interactionId(defaultAccountId, 'call', callId);
}

export function callerOf(callId: string): string {
  return `caller of ${callId}`;
}

export const LINE = '+351210000000';

function at(minute: number): string {
  return new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString();
}
