import type { FoldKind } from '#libs/case-domain';
import type { CallBarInput, ContactInput, FactInput, InteractionInput } from '#libs/case-ledger';
import {
  callOfEvent,
  INTERACTION_RECORD_TYPE,
  interactionTopic,
  isUuid,
  parseCallBarEvent,
  parseContactFact,
  parseInteraction,
  REPLAY_HEADER,
} from '#libs/interaction';
import type { LogRecord } from '#libs/messaging';

/** A record that is an input of the ledger. */
export interface DecodedRecord {
  readonly record: LogRecord;
  readonly accountId: string;
  readonly input: InteractionInput | FactInput | CallBarInput | ContactInput;
}

/** A record that can never be handled, however often it is tried. */
export interface RefusedRecord {
  readonly record: LogRecord;
  /** Stable slug. */
  readonly reason: string;
  readonly stage: 'decode' | 'decide';
  readonly errorClass: string;
  readonly message: string;
  readonly attempts: number;
}

export interface DecodedBatch {
  readonly decoded: readonly DecodedRecord[];
  readonly refused: readonly RefusedRecord[];
}

/** Tells the interactions and facts of a batch from what can be neither. */
export function decodeRecords(records: readonly LogRecord[], folds: readonly FoldKind[]): DecodedBatch {
  const decoded: DecodedRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const record of records) {
    const fold = holdsWhole(record) ? undefined : folds.find(({ topic }) => topic === record.topic);
    const parsed = fold === undefined ? withoutFold(record) : factOf(record, fold);
    if ('refused' in parsed) {
      refused.push(parsed.refused);
    } else {
      decoded.push(parsed);
    }
  }
  return { decoded, refused };
}

const CALL_BAR_TOPIC = interactionTopic('callbar');

const CONTACT_TOPIC = interactionTopic('contact');

/** What holds a whole interaction is read as one; on the topic of contacts that is a request beside facts. */
function withoutFold(record: LogRecord): Decoded {
  if (record.topic === CALL_BAR_TOPIC) {
    return pressOf(record);
  }
  return record.topic === CONTACT_TOPIC && !holdsWhole(record) ? contactFactOf(record) : interactionOf(record);
}

type Decoded = DecodedRecord | { readonly refused: RefusedRecord };

/** A voicemail that came as mail is told at once, beside those that telephone systems tell fact by fact. */
function holdsWhole({ headers }: LogRecord): boolean {
  return headers['ce_type'] === INTERACTION_RECORD_TYPE;
}

function interactionOf(record: LogRecord): Decoded {
  const parsed = parseInteraction(record.value);
  if (!parsed.ok || record.value === null) {
    const why = parsed.ok ? { reason: 'invalid', detail: 'the record has no value' } : parsed;
    return { refused: refusedAtDecoding(record, 'InvalidInteraction', why) };
  }
  const { interaction } = parsed;
  const input = { kind: 'interaction', interaction, payload: record.value } as const;
  return { record, accountId: interaction.accountId, input };
}

function factOf(record: LogRecord, fold: FoldKind): Decoded {
  const parsed = fold.parse(record.value);
  if (!parsed.ok) {
    return { refused: refusedAtDecoding(record, 'InvalidFact', parsed) };
  }
  const { fact } = parsed;
  const replayId = record.headers[REPLAY_HEADER];
  const replayed = replayId !== undefined && isUuid(replayId) ? { replayId } : {};
  return { record, accountId: fact.accountId, input: { kind: 'fact', fold, fact, ...replayed } };
}

function contactFactOf(record: LogRecord): Decoded {
  const parsed = parseContactFact(record.value);
  if (!parsed.ok) {
    return { refused: refusedAtDecoding(record, 'InvalidContactFact', parsed) };
  }
  const { fact } = parsed;
  return { record, accountId: fact.accountId, input: { kind: 'contact', fact } };
}

function pressOf(record: LogRecord): Decoded {
  const parsed = parseCallBarEvent(record.value);
  if (!parsed.ok) {
    return { refused: refusedAtDecoding(record, 'InvalidCallBarEvent', parsed) };
  }
  const { event } = parsed;
  return { record, accountId: event.accountId, input: { kind: 'callbar', callId: callOfEvent(event), event } };
}

function refusedAtDecoding(
  record: LogRecord,
  errorClass: string,
  { reason, detail: message }: { readonly reason: string; readonly detail: string },
): RefusedRecord {
  return { record, reason, stage: 'decode', errorClass, message, attempts: 1 };
}

/** Groups by account. */
export function byAccount(decoded: readonly DecodedRecord[]): Map<string, DecodedRecord[]> {
  const accounts = new Map<string, DecodedRecord[]>();
  for (const one of decoded) {
    const { accountId } = one;
    const records = accounts.get(accountId);
    if (records === undefined) {
      accounts.set(accountId, [one]);
    } else {
      records.push(one);
    }
  }
  return accounts;
}
