/** What an account says about calls and voicemails (channels.md E). */
export interface CallRules {
  /** A call joins the one live case of its requester whose last interaction is so near to its start. */
  readonly attachWindowMinutes: number;
  /** Missed calls and voicemails of one number on one line within it are one case. */
  readonly missedCoalesceMinutes: number;
  /** So long after its last fact a call without an end has ended. */
  readonly maxDurationHours: number;
  /** What nobody answered opens a case so long after its end is known. */
  readonly settleSeconds: number;
  /** A caller who gave up sooner is recorded only; 0 is off. */
  readonly shortCallSeconds: number;
  /** New cases of withheld callers on one line within 60 minutes; the surplus waits in quarantine; 0 is off. */
  readonly withheldCasesPerHour: number;
  readonly texts: CallTexts;
}

/** Subjects in the account's own words, with `{who}` and `{time}` where they belong; what is missing is in English. */
export interface CallTexts {
  readonly answered?: string;
  readonly missed?: string;
  readonly abandoned?: string;
  readonly voicemail?: string;
  readonly outbound?: string;
  /** What `{who}` is for a caller who hides the number. */
  readonly withheld?: string;
}
