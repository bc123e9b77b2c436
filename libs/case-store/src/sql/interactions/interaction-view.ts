import type { Actor, Evidence } from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';

/** An interaction with what became of it. */
export interface InteractionView {
  /** As it was published. */
  readonly interaction: Interaction;
  readonly endpoints: readonly string[];
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly visibility: 'public' | 'internal';
  readonly outcome: string;
  readonly decision: Evidence;
  readonly occurredAt: Date;
  readonly decidedAt: Date;
  /** Where people moved it, oldest first. */
  readonly moves: readonly InteractionMoveView[];
  /** When what it said was taken away; null: it was not. */
  readonly redactedAt: Date | null;
  readonly redaction: {
    readonly by: Actor;
    /** Id of the agent for whom a client did it. */
    readonly on_behalf_of: string | null;
    readonly reason: string;
  } | null;
  /** Of whoever took it away. */
  readonly redactedByName: string | null;
  readonly redactedForName: string | null;
}

/** A person moved an interaction to another case, or off its case. */
export interface InteractionMoveView {
  /** ISO 8601. */
  readonly at: string;
  readonly by: Actor;
  /** Id of the agent for whom a client did it. */
  readonly on_behalf_of: string | null;
  readonly from_case_id: string | null;
  readonly to_case_id: string | null;
  /** Whether later replies to it followed. */
  readonly thread: boolean;
}

/** `select … from interaction i` with the number of its case, and further columns of what is joined behind it. */
export const selectInteractionsWith = (further: readonly string[]): string => `
  select
    i.payload as interaction, i.endpoints, i.case_id as "caseId", c.number as "caseNumber", i.visibility, i.outcome,
    i.decision, i.occurred_at as "occurredAt", i.decided_at as "decidedAt",
    coalesce(i.moves, '[]') as moves, i.redacted_at as "redactedAt", i.redaction, r.name as "redactedByName",
    ${[...further, 'f.name as "redactedForName"'].join(', ')}
  from interaction i
  left join cases c on c.account_id = i.account_id and c.id = i.case_id
  left join api_client r on r.account_id = i.account_id and r.id::text = i.redaction #>> '{by,id}'
  left join agent f on f.account_id = i.account_id and f.id::text = i.redaction ->> 'on_behalf_of'`;

/** Without further columns; the condition is appended. */
export const SELECT_INTERACTIONS = selectInteractionsWith([]);
