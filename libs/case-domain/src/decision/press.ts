import type { CallBarEvent, Interaction } from '#libs/interaction';

/** Why nothing comes of what an agent pressed. */
export const CALL_BAR_REFUSALS = [
  'case-closed',
  'case-not-found',
  'contact-not-found',
  'group-not-found',
  'agent-unknown',
  'agent-inactive',
  'event-id-reused',
] as const;
export type CallBarRefusal = (typeof CALL_BAR_REFUSALS)[number];

/** `parked`: its call is unknown. `expired`: it stayed so for too long. */
export const PRESS_STATES = ['accepted', 'parked', 'applied', 'refused', 'expired'] as const;
export type PressState = (typeof PRESS_STATES)[number];

/** How long an event waits for its call. Milliseconds. */
export const PARKED_FOR = 24 * 60 * 60 * 1000;

/** What an agent pressed, and what came of it so far. */
export interface Press {
  readonly event: CallBarEvent;
  /** Nothing was decided about it yet; else it was applied. */
  readonly isFresh: boolean;
  readonly agentId: string | null;
  /** The contact that it chose or made. */
  readonly contactId: string | null;
  /** The case in which it took effect last. */
  readonly caseId: string | null;
  /** Cases in which what it says was written. */
  readonly saidIn: readonly string[];
}

/** What an event came to: its row. */
export interface PressResult {
  readonly event: CallBarEvent;
  readonly interactionId: string | null;
  readonly agentId: string | null;
  readonly state: PressState;
  readonly reason: CallBarRefusal | null;
  readonly contactId: string | null;
  readonly caseId: string | null;
  /** It opened the case. */
  readonly created: boolean;
  readonly saidIn: readonly string[];
}

/** Whom an agent chose for a number: proposed when it calls again. */
export interface ContactChoice {
  readonly number: string;
  readonly contactId: string;
  readonly agentId: string;
  /** ISO instant. */
  readonly at: string;
  readonly eventId: string;
}

/** When an agent wants to call back whoever called. */
export interface Callback {
  readonly interactionId: string;
  readonly eventId: string;
  readonly agentId: string;
  /** ISO instant. */
  readonly at: string;
  readonly number: string | null;
}

/** It was told that a callback is due. */
export interface ToldCallback {
  readonly interactionId: string;
  readonly eventId: string;
}

/** Everything that agents pressed about one call, or about none, and the call as its row says it. */
export interface CallBarMatter {
  readonly interactionId: string | null;
  readonly presses: readonly Press[];
  /** Null: it is unknown, or waits for a person. */
  readonly call: KnownCall | null;
}

export interface KnownCall {
  readonly interaction: Interaction;
  readonly outcome: string;
  readonly caseId: string | null;
  /** Voicemails of the call that are in its case. */
  readonly companions: readonly string[];
  /** The version of its case at which nobody had changed that but by the call bar; null: somebody has. */
  readonly untouchedAt: number | null;
}

/** Events take effect in this order, whatever the order in which they arrive. */
export function inOrder(presses: readonly Press[]): Press[] {
  const keyOf = ({ event: { occurredAt, id } }: Press): string => `${occurredAt} ${id}`;
  return [...presses].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
