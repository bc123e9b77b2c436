import type { Interaction } from '#libs/interaction';

/** An interaction that a command names, as its row was found without a lock. */
export interface NamedInteraction {
  /** As it was published, or what a redaction left of it. */
  readonly interaction: Interaction;
  readonly revision: number;
  readonly caseId: string | null;
  /** The case that it opened, whatever became of both since; null when that is none, or was purged. */
  readonly openedCaseId: string | null;
  readonly outcome: string;
  /** Kind of who sent it, as far as that was settled. */
  readonly submitterKind: string | null;
  readonly isRedacted: boolean;
}

/** Interactions of one kind that are in a case, and when the first and the last of them happened (ISO instants). */
export interface SaidByChannel {
  readonly form: 'interaction';
  readonly direction: string;
  readonly outcome: string;
  readonly submitterKind: string | null;
  readonly first: string;
  readonly last: string;
}

/** Comments that agents wrote in a case. */
export interface SaidByAgents {
  readonly form: 'comment';
  readonly public: boolean;
  readonly first: string;
  readonly last: string;
}

/** What is left in the case of an interaction when that goes: who was heard, and what others of it wait for. */
export interface LeftBehind {
  readonly said: readonly (SaidByChannel | SaidByAgents)[];
  /** By `threadKeyOf`: names that this one and others of the case refer to. */
  readonly shared: ReadonlySet<string>;
}
