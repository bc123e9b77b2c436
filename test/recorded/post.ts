import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { caseAddress, type Interaction, interactionRecord, issueCaseToken } from '#libs/interaction';
import { memoryParts, parseMail, sourceOfBytes } from '#libs/mail';
import type { LogRecord, RecordBatch } from '#libs/messaging';
import { defaultAccountId } from '#libs/runtime';
import { normalise } from '../../apps/email/src/normalise/normalise.js';
import { bytesOf, type Mail } from '../mails/a-mail.js';
import { MAILBOXES, SALES, TOKEN_SECRET } from './acme.js';
import type { Arrival, ArrivedBatch } from './arrivals.js';
import type { Names } from './names.js';
import type { PlannedMail } from './planned-mail.js';

const SETTINGS = {
  accountId: defaultAccountId,
  tokenSecret: TOKEN_SECRET,
  trustedAuthservId: 'mx.acme.example',
  ownAddresses: new Set(MAILBOXES),
  replyToSenders: ['forms@forms.example'],
  defaultCountry: 'PT',
};

interface FoundCase {
  readonly caseId: string;
  readonly number: string;
}

/**
 * Brings planned mails to the log, through the product's own parser and normaliser. What a mail names of a case is looked
 * up when it is first sent; while there is no case yet, it names none.
 */
export class Post {
  /** By place in the plan. */
  private readonly interactions = new Map<number, string>();
  private readonly written = new Map<number, Mail>();
  /** By interaction: MD5 of each value that was published. */
  readonly published = new Map<string, Set<string>>();

  constructor(
    private readonly pool: Pool,
    private readonly names: Names,
  ) {}

  async deliver({ arrivals, ...place }: ArrivedBatch): Promise<RecordBatch> {
    await this.write(arrivals.flatMap((arrival) => (arrival.kind === 'mail' ? [arrival.planned] : [])));
    const records: LogRecord[] = [];
    for (const [index, arrival] of arrivals.entries()) {
      const read = { ...place, offset: BigInt(place.offset + index), timestamp: arrival.receivedAt };
      records.push({ ...(await this.recordOf(arrival)), ...read });
    }
    return { topic: place.topic, partition: place.partition, records };
  }

  private async recordOf(arrival: Arrival): Promise<Pick<LogRecord, 'key' | 'value' | 'headers'>> {
    if (arrival.kind === 'poison') {
      return { key: arrival.key, value: arrival.value === null ? null : Buffer.from(arrival.value), headers: {} };
    }
    const interaction = await this.interactionOf(arrival);
    this.names.introduce(interaction.id, `interaction-${arrival.planned.index}`);
    this.interactions.set(arrival.planned.index, interaction.id);
    const { key, value, headers } = interactionRecord(interaction);
    const values = this.published.get(interaction.id) ?? new Set();
    this.published.set(interaction.id, values.add(createHash('md5').update(value).digest('hex')));
    return { key, value: Buffer.from(value), headers };
  }

  private async interactionOf(arrival: Extract<Arrival, { kind: 'mail' }>): Promise<Interaction> {
    const { planned, mailbox, provider, receivedAt } = arrival;
    const mail = this.written.get(planned.index) ?? planned.mail;
    const bytes = bytesOf(mail);
    const payload = await parseMail(sourceOfBytes(bytes), memoryParts());
    // A token stands in the bytes, and a token is random: the name of the bytes is the mail's.
    const sha256 = createHash('sha256').update(`mail ${planned.index}`).digest('hex');
    return normalise(
      payload,
      {
        provider,
        mailbox,
        receivedAt,
        arrivedAt: planned.arrivedAt ?? undefined,
        providerThreadId: mailbox === SALES && provider === 'imap' ? planned.threadId : null,
        envelopeFrom: mail.envelopeFrom ?? mail.from,
        envelopeRecipients:
          provider === 'smtp' ? [mailbox === planned.mailbox ? (mail.to[0] ?? mailbox) : mailbox] : [],
        raw: { sha256, size: bytes.length, mediaType: 'message/rfc822' },
      },
      SETTINGS,
    );
  }

  /** The first delivery decides what a mail says; further ones are the same mail. */
  private async write(planned: readonly PlannedMail[]): Promise<void> {
    const unwritten = planned.filter(({ index, caseAddressOf, caseNumberOf }) => {
      return !this.written.has(index) && (caseAddressOf ?? caseNumberOf) !== null;
    });
    const named = unwritten.map(({ caseAddressOf, caseNumberOf }) => caseAddressOf ?? caseNumberOf ?? 0);
    const found = await this.casesOf(named);
    unwritten.forEach((one, index) => this.written.set(one.index, naming(one, found.get(named[index] ?? 0))));
  }

  private async casesOf(indices: readonly number[]): Promise<Map<number, FoundCase>> {
    const ids = new Map(indices.map((index) => [this.interactions.get(index) ?? '', index]));
    ids.delete('');
    const { rows } = await this.pool.query<FoundCase & { id: string }>(
      `select i.id, c.id as "caseId", c.number::text as number from interaction i
       join cases c on c.account_id = i.account_id and c.id = i.case_id where i.id = any ($1)`,
      [[...ids.keys()]],
    );
    return new Map(rows.map((row) => [ids.get(row.id) ?? 0, row]));
  }
}

function naming({ mail, mailbox, caseAddressOf }: PlannedMail, found: FoundCase | undefined): Mail {
  if (found === undefined) {
    return mail;
  }
  if (caseAddressOf === null) {
    return { ...mail, subject: `[CASE-${found.number}] ${mail.subject}` };
  }
  const token = issueCaseToken(defaultAccountId, found.caseId, TOKEN_SECRET);
  return { ...mail, to: [caseAddress(mailbox, token) ?? mailbox] };
}
