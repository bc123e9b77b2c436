import type { Interaction } from '#libs/interaction';

/** Looks for calls and messages of one number around a moment. */
export interface BesideProbe {
  /** As `identityOf` names the number. */
  readonly caller: string;
  /** ISO instants: what began or was left between them. */
  readonly since: string;
  readonly until: string;
}

/** A call, or a message that was left in one, as its row was found without a lock. */
export interface SpokenBeside {
  readonly interaction: Interaction;
  readonly outcome: string;
  readonly caseId: string | null;
}
