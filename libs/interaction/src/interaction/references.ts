import { IsIn, IsString, Length } from 'class-validator';
import { NamesItsKind } from './decorators.js';

export const THREAD_KEY_KINDS = ['message_id', 'call_id', 'provider_thread', 'request_id'] as const;
export type ThreadKeyKind = (typeof THREAD_KEY_KINDS)[number];

/** A name under which later interactions may refer to this one; unique per account. */
export class ThreadKey {
  @IsIn(THREAD_KEY_KINDS)
  kind!: ThreadKeyKind;

  @IsString()
  @Length(1, 1000)
  value!: string;
}

export const REFERENCE_VIAS = [
  'recipient_token',
  'message_id_token',
  'in_reply_to',
  'references',
  'bounced_message',
  'text_token',
  'subject_number',
  'provider_thread',
  'forwarded_message',
  'root_call',
  'chosen_case',
  'request',
  'named_case',
] as const;
export type ReferenceVia = (typeof REFERENCE_VIAS)[number];

export const REFERENCE_KINDS = ['case', 'case_number', ...THREAD_KEY_KINDS] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/**
 * Something that the interaction says about where it belongs. A reference of kind `case` carries a case id that
 * the adapter has verified by its signature; forged tokens never get this far. One of kind `case_number` carries a
 * case's public number, which anybody can guess: it counts only from people whom the case knows.
 */
export class Reference {
  @IsIn(REFERENCE_KINDS)
  kind!: ReferenceKind;

  @IsString()
  @Length(1, 1000)
  @NamesItsKind()
  value!: string;

  @IsIn(REFERENCE_VIAS)
  via!: ReferenceVia;
}
