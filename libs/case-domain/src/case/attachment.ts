/** A file that somebody uploaded, as far as decisions read it. */
export interface KnownAttachment {
  readonly id: string;
  /** Null: nothing uses it yet. */
  readonly caseId: string | null;
}

/** A file that becomes part of a case, or of a comment in it. */
export interface NewAttaching {
  readonly id: string;
  readonly caseId: string;
  readonly commentId: string | null;
  /** ISO instant. */
  readonly at: string;
}
