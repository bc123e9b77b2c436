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
  readonly evidence: ExplainedEvidence;
  readonly case: ExplainedCase | null;
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
  readonly reasons: readonly string[];
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
