import { type Interaction, parseInteraction } from '#libs/interaction';
import type { LogRecord } from '#libs/messaging';

/** A record that is an interaction. */
export interface DecodedRecord {
  readonly record: LogRecord;
  readonly interaction: Interaction;
  readonly payload: Buffer;
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

/** Tells the interactions of a batch from what cannot be one. */
export function decodeRecords(records: readonly LogRecord[]): DecodedBatch {
  const decoded: DecodedRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const record of records) {
    const parsed = parseInteraction(record.value);
    if (!parsed.ok) {
      refused.push(refusedAtDecoding(record, parsed.reason, parsed.detail));
    } else if (record.value !== null) {
      decoded.push({ record, interaction: parsed.interaction, payload: record.value });
    }
  }
  return { decoded, refused };
}

function refusedAtDecoding(record: LogRecord, reason: string, message: string): RefusedRecord {
  return { record, reason, stage: 'decode', errorClass: 'InvalidInteraction', message, attempts: 1 };
}

/** Groups by account. */
export function byAccount(decoded: readonly DecodedRecord[]): Map<string, DecodedRecord[]> {
  const accounts = new Map<string, DecodedRecord[]>();
  for (const one of decoded) {
    const { accountId } = one.interaction;
    const records = accounts.get(accountId);
    if (records === undefined) {
      accounts.set(accountId, [one]);
    } else {
      records.push(one);
    }
  }
  return accounts;
}
