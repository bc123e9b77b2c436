import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ContactReference } from '../interaction/contact-reference.js';
import { externalIdAt, interactionId } from '../identifiers.js';
import { IsInstant } from '../interaction/decorators.js';

/** What an agent may press. */
export const CALL_BAR_ACTIONS = [
  'case.create',
  'case.attach',
  'case.detach',
  'contact.link',
  'contact.create',
  'disposition.set',
  'note.save',
  'callback.schedule',
  'wrapup.start',
  'wrapup.end',
] as const;
export type CallBarAction = (typeof CALL_BAR_ACTIONS)[number];

/** The call that an event is about: by our id of it, or by the telephone system's; it may not have arrived yet. */
export class CallBarCall {
  @IsOptional()
  @IsUUID()
  interactionId?: string | null;

  /** `provider/key`, with `callId`. */
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9-]{1,40}$/)
  connection?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  callId?: string | null;
}

/** A contact by our id of it, or by its key in somebody else's system. */
export class CallBarContact {
  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ContactReference)
  external?: ContactReference | null;
}

/** A case by its id or its public number. */
export class CallBarCase {
  @IsIn(['id', 'number'])
  by!: 'id' | 'number';

  @Matches(/^([1-9]\d{0,17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
  value!: string;
}

/** Somebody who calls and is to become a contact. */
export class CallBarPerson {
  @IsString()
  @Length(1, 200)
  name!: string;

  /** As identities are kept, like the numbers. */
  @IsArray()
  @ArrayMaxSize(20)
  @Length(3, 320, { each: true })
  emails!: string[];

  @IsArray()
  @ArrayMaxSize(20)
  @Length(1, 60, { each: true })
  phones!: string[];
}

/** The program that the agent pressed it in. */
export class CallBarClient {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  version?: string | null;
}

/** What an agent pressed in the call bar (channels.md C), as `interactions.callbar.v1` holds it. */
export class CallBarEvent {
  @Equals(1)
  schema!: 1;

  @Equals('callbar')
  channel!: 'callbar';

  /** The key of repetition; the client chose it. */
  @IsUUID()
  id!: string;

  @IsUUID()
  accountId!: string;

  /** Whom the token names: email in lower case, or id. */
  @IsString()
  @Length(1, 320)
  agent!: string;

  /** SHA-256 of what was sent and who sent it, in hex: one id with two contents is refused. */
  @Matches(/^[0-9a-f]{64}$/)
  contentSha256!: string;

  /** By the client's clock, or ours where that cannot be. UTC, milliseconds. */
  @IsInstant()
  occurredAt!: string;

  @IsInstant()
  receivedAt!: string;

  @IsIn(CALL_BAR_ACTIONS)
  action!: CallBarAction;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallBarCall)
  call?: CallBarCall | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallBarClient)
  client?: CallBarClient | null;

  @IsOptional()
  @IsString()
  @Length(1, 150)
  subject?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 16_384)
  description?: string | null;

  /** Name or id. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  group?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallBarContact)
  contact?: CallBarContact | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallBarCase)
  case?: CallBarCase | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallBarPerson)
  person?: CallBarPerson | null;

  /** Of a disposition. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  code?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  label?: string | null;

  /** Of a note, or of a callback. */
  @IsOptional()
  @IsString()
  @Length(1, 10_000)
  text?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  noteId?: string | null;

  /** When the customer is to be called back. */
  @IsOptional()
  @IsInstant()
  at?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 60)
  number?: string | null;
}

/** The interaction of the call that an event is about; null: it is about none. */
export function callOfEvent({ accountId, call }: Pick<CallBarEvent, 'accountId' | 'call'>): string | null {
  if (call?.interactionId) {
    return call.interactionId.toLowerCase();
  }
  return call?.connection && call.callId
    ? interactionId(accountId, 'call', externalIdAt(call.connection, call.callId))
    : null;
}
