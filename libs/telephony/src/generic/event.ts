/** Types of events about a call; each names its `call_id`. */
export const CALL_TYPES = [
  'call.started',
  'call.queued',
  'call.ringing',
  'call.answered',
  'call.held',
  'call.resumed',
  'call.transferred',
  'leg.ended',
  'call.ended',
  'call.recording',
  'call.transcript',
] as const;
export type CallType = (typeof CALL_TYPES)[number];

export const VOICEMAIL_TYPES = ['voicemail.left', 'voicemail.transcript'] as const;
export type VoicemailType = (typeof VOICEMAIL_TYPES)[number];

export interface GenericAgent {
  readonly email?: string;
  readonly extension?: string;
  readonly id?: string;
  readonly name?: string;
}

export type GenericParty =
  | string
  | { readonly number?: string; readonly name?: string; readonly extension?: string; readonly withheld?: boolean };

export interface GenericRecording {
  readonly id: string;
  readonly url?: string;
  readonly media_type?: string;
  readonly channels?: number;
  readonly started_at?: string;
  readonly duration_ms?: number;
  readonly status: 'available' | 'absent' | 'failed';
  readonly consent?: string;
}

export interface GenericTranscript {
  readonly recording_id?: string;
  readonly language?: string;
  readonly text?: string;
  readonly segments?: readonly {
    readonly start_ms: number;
    readonly end_ms: number;
    readonly speaker?: string;
    readonly text: string;
    readonly confidence?: number;
  }[];
  readonly confidence?: number;
  readonly engine?: string;
  readonly status: 'completed' | 'failed';
}

/** One event of our own webhook, as its schema lets it through. */
export interface GenericEvent {
  readonly id: string;
  readonly type: string;
  readonly occurred_at: string;
  readonly call_id?: string;
  readonly leg_id?: string;
  readonly parent_call_id?: string;
  readonly direction?: 'inbound' | 'outbound' | 'internal';
  readonly from?: GenericParty;
  readonly to?: GenericParty;
  readonly line?: string;
  readonly queue?: string;
  readonly agent?: GenericAgent;
  readonly agents?: readonly GenericAgent[];
  readonly contact?: { readonly integration: string; readonly external_id: string };
  readonly verified?: boolean;
  readonly case?: string;
  readonly tags?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly test?: boolean;
  readonly by?: 'agent' | 'system';
  readonly transfer?: {
    readonly kind: 'blind' | 'attended' | 'external';
    readonly agent?: GenericAgent;
    readonly to?: GenericParty;
    readonly new_call_id?: string;
  };
  readonly ended_by?: 'caller' | 'agent' | 'system' | 'unknown';
  readonly reason?: 'completed' | 'no_answer' | 'busy' | 'rejected' | 'cancelled' | 'failed' | 'voicemail' | 'blocked';
  readonly q850?: number;
  readonly sip?: number;
  readonly started_at?: string;
  readonly ringing_at?: string;
  readonly answered_at?: string;
  readonly recording?: GenericRecording;
  readonly transcript?: GenericTranscript;
  readonly voicemail?: {
    readonly id?: string;
    readonly mailbox?: { readonly id: string; readonly label?: string };
    readonly duration_ms?: number;
    readonly callback_number?: string;
    readonly urgent?: boolean;
  };
}
