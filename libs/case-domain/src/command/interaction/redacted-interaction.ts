import type { Content, Forwarded, Interaction, Party } from '#libs/interaction';

/** What stands where a case had copied what was taken away. */
export const REDACTED_TEXT = '[redacted]';

const NOTHING_SAID: Content = { subject: '', text: '', attachments: [] };

/**
 * What a redaction leaves of an interaction: who, when, through what, and the names by which others refer to it, so that
 * the conversation goes on. Words, files, and what the sender calls people are gone, and so are the facts of its channel
 * that no rule reads, among which anything may be.
 */
export function redactedInteraction(interaction: Interaction): Interaction {
  const { sender, recipients, forwarded, automatic } = interaction;
  return {
    ...interaction,
    sender: unnamed(sender),
    recipients: recipients.map(unnamed),
    ...(forwarded ? { forwarded: withoutWords(forwarded) } : {}),
    ...(automatic ? { automatic: { ...automatic, signals: [] } } : {}),
    content: NOTHING_SAID,
    details: {},
  };
}

function unnamed<Known extends Party>(party: Known): Known {
  return { ...party, name: null };
}

function withoutWords({ author, method, confidence, messageId }: Forwarded): Forwarded {
  return { author: unnamed(author), method, confidence, messageId: messageId ?? null };
}

/** SHA-256 of everything that the interaction refers to in the blob store, each once. */
export function contentDigests({ content }: Interaction): string[] {
  const { raw, textReference, htmlReference, attachments } = content;
  return [...new Set([raw, textReference, htmlReference, ...attachments].flatMap((one) => one?.sha256 ?? []))];
}
