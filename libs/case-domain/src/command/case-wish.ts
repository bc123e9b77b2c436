import type { CaseState, CaseType, Category, Priority } from '../case/case-state.js';
import type { AgentCalled, CaseCalled, ContactCalled, GroupCalled, StatusCalled } from './called.js';

/** Whom a case is to be for (domain.md §8). Of an address or number that nobody bears a contact is made. */
export type RequesterWish =
  | { readonly form: 'contact'; readonly contact: ContactCalled }
  | { readonly form: 'agent'; readonly agent: AgentCalled }
  | { readonly form: 'email' | 'phone'; readonly value: string; readonly name: string | null }
  | { readonly form: 'external'; readonly integration: string; readonly externalId: string };

/** Somebody who is to take part in a case. */
export type ParticipantWish = { readonly role: 'cc' | 'follower' } & (
  | { readonly form: 'contact'; readonly contact: ContactCalled }
  | { readonly form: 'agent'; readonly agent: AgentCalled }
  | { readonly form: 'email'; readonly value: string }
);

/**
 * What a case is to be. What is absent is left as it is, or to the rules where a case comes into being; null clears.
 * Texts, dates and lists are of valid form and within their limits; whether the case may become that is decided.
 */
export interface CaseWish {
  readonly subject?: string;
  readonly description?: string;
  readonly status?: Category | 'closed';
  readonly statusId?: StatusCalled;
  readonly resolution?: string | null;
  readonly priority?: Priority | null;
  readonly type?: CaseType | null;
  /** `YYYY-MM-DD`, a day that exists. */
  readonly dueOn?: string | null;
  readonly problemId?: CaseCalled | null;
  readonly parentId?: CaseCalled | null;
  readonly groupId?: GroupCalled;
  /** Null: nobody, and no strategy is to change that. */
  readonly assigneeId?: AgentCalled | null;
  readonly requester?: RequesterWish;
  /** All of them; whom it names twice takes part once. */
  readonly participants?: readonly ParticipantWish[];
  /** All of them, lower case and each once. */
  readonly tags?: readonly string[];
  /** By key; null takes a value away. Texts are normalised; whether the account has such fields is decided. */
  readonly customFields?: CaseState['customFields'];
  readonly excludeFromAutoClose?: boolean;
}
