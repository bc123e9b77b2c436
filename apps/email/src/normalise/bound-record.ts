import type { Interaction } from '#libs/interaction';

/**
 * Bytes of JSON that an interaction may take. Brokers refuse records over 1 MiB by default, for ever; the rest is for
 * headers and key.
 */
export const MOST_RECORD_BYTES = 900_000;

/**
 * The interaction when its record is small enough; else without what is the least needed and the largest, each cut with
 * a flag. The raw mail keeps everything. What is never cut has limits that fit by themselves.
 * 1. Leave out the HTML and every list.
 * 2. Take them in again while there is room: references, HTML, recipients, attachments.
 */
export function boundRecord(interaction: Interaction): Interaction {
  if (mostJsonBytes(interaction) <= MOST_RECORD_BYTES || jsonBytes(interaction) <= MOST_RECORD_BYTES) {
    return interaction;
  }
  const { content, references, recipients } = interaction;
  const least = {
    ...interaction,
    references: [],
    recipients: [],
    content: { ...content, html: null, attachments: [] },
  };
  const room = new Room(MOST_RECORD_BYTES - jsonBytes(least) - 100);
  const kept = {
    references: room.headOf(references, 'references_cut'),
    html: room.headOf([content.html ?? null], 'html_cut')[0] ?? null,
    recipients: room.headOf(recipients, 'recipients_cut'),
    attachments: room.headOf(content.attachments, 'attachments_cut'),
  };
  return {
    ...least,
    references: kept.references,
    recipients: kept.recipients,
    content: { ...least.content, html: kept.html, attachments: kept.attachments },
    flags: [...interaction.flags, ...room.flags],
  };
}

/** What is left of the record. */
class Room {
  readonly flags: string[] = [];

  constructor(private bytes: number) {}

  /** The items from the first on that have room together. */
  headOf<Item>(items: readonly Item[], flag: string): Item[] {
    const tooMany = items.findIndex((item) => {
      const size = jsonBytes(item) + 1;
      const fits = size <= this.bytes;
      this.bytes -= fits ? size : 0;
      return !fits;
    });
    if (tooMany === -1) {
      return [...items];
    }
    this.flags.push(flag);
    return items.slice(0, tooMany);
  }
}

/** Bytes that one UTF-16 unit takes at most: `\\u0000`. */
const MOST_PER_UNIT = 6;
const MOST_PER_PLAIN_VALUE = 30;

/** At least what `jsonBytes` says, without writing the texts: nearly every interaction is far from the bound. */
export function mostJsonBytes(value: unknown): number {
  if (typeof value === 'string') {
    return value.length * MOST_PER_UNIT + 2;
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) {
    return MOST_PER_PLAIN_VALUE;
  }
  let bytes = 2;
  for (const [key, item] of Object.entries(value)) {
    bytes += key.length * MOST_PER_UNIT + 4 + mostJsonBytes(item);
  }
  return bytes;
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
