import type { ExplainedCall } from './call-lines.js';

/** What `explain` tells of, wherever it was read. Every text may come from a stranger. */
export interface Explanation {
  readonly interaction: {
    readonly id: string;
    readonly channel: string;
    /** ISO 8601. */
    readonly occurredAt: string;
    readonly sender: string;
    readonly subject: string;
    readonly endpoints: readonly string[];
    readonly outcome: string;
    readonly visibility: string;
    readonly flags: readonly string[];
    readonly automatic: string | null;
    readonly trust: string;
  };
  /** Null for what is no call. */
  readonly call: ExplainedCall | null;
  readonly evidence: ExplainedEvidence;
  /** Oldest first. */
  readonly moves: readonly ExplainedMove[];
  readonly case: ExplainedCase | null;
}

/** A person moved the interaction after its decision. */
export interface ExplainedMove {
  /** ISO 8601. */
  readonly at: string;
  /** `agent`, `app` … */
  readonly by: string;
  /** Ids of cases. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whether later replies to it followed. */
  readonly thread: boolean;
}

export interface ExplainedEvidence {
  readonly thread: {
    readonly rule: string;
    readonly matched: { readonly kind: string; readonly value: string } | null;
    readonly conflicts: readonly {
      readonly rule: string;
      readonly kind: string;
      readonly value: string;
      readonly caseId: string;
    }[];
    readonly joined?: ExplainedEvidence['thread']['conflicts'];
    readonly ignored?: readonly {
      readonly rule: string;
      readonly kind: string;
      readonly value: string;
      readonly caseId?: string;
      readonly because: string;
    }[];
    readonly subjectChanged?: boolean;
    readonly nameReused?: boolean;
  };
  readonly requester: {
    readonly method: string;
    readonly confidence: string;
    readonly candidates: readonly string[];
  } | null;
  readonly group: { readonly rule: string; readonly groupId: string } | null;
  readonly assignment: {
    readonly rule: string;
    readonly strategy: string | null;
    readonly candidatesCount: number;
    readonly chosenBecause: string;
  } | null;
  /** Absent where there were none. */
  readonly rules?: readonly ExplainedRule[];
  readonly reasons: readonly string[];
}

/** An assignment rule that was looked at. */
export interface ExplainedRule {
  readonly name: string;
  readonly holds: boolean;
  readonly conditions: readonly {
    readonly pointer: string;
    readonly field: string;
    readonly op: string;
    readonly holds: boolean;
    readonly value?: unknown;
  }[];
  readonly applied?: readonly string[];
  readonly skipped?: readonly { readonly action: string; readonly because: string }[];
  readonly stopped?: boolean;
}

export interface ExplainedCase {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly status: string;
  readonly group: string | null;
  readonly assignee: string | null;
  readonly requester: string | null;
}
