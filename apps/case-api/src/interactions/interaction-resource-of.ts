import { type KnownSounds, soundsOf } from '#libs/case-domain';
import type { InteractionView } from '#libs/case-store';
import type { Attachment, BlobReference, Content, Interaction, Party } from '#libs/interaction';
import { redactionOf } from '../resources/redaction.resource.js';
import { callResourceOf } from './call-resource-of.js';
import { ruleTraceOf } from './rule-trace.resource.js';
import type {
  AttachmentResource,
  BlobResource,
  ContentResource,
  DecisionResource,
  InteractionDetailResource,
  InteractionResource,
  PartyResource,
  RecordingResource,
  TrustResource,
} from './interaction.resource.js';

/** An interaction as lists show it. */
export function interactionResourceOf(view: InteractionView): InteractionResource {
  const { interaction, caseId, caseNumber } = view;
  return {
    id: interaction.id,
    account_id: interaction.accountId,
    channel: interaction.channel,
    provider: interaction.provider,
    external_id: interaction.externalId,
    direction: interaction.direction,
    source: interaction.source,
    occasion: interaction.occasion,
    handling: interaction.handling,
    occurred_at: interaction.occurredAt,
    received_at: interaction.receivedAt,
    decided_at: view.decidedAt.toISOString(),
    endpoints: [...view.endpoints],
    sender: partyOf(interaction.sender),
    recipients: interaction.recipients.map((recipient) => ({ ...partyOf(recipient), role: recipient.role })),
    forwarded: (snakeCased(interaction.forwarded ?? null) as Record<string, unknown> | null) ?? null,
    automatic: (snakeCased(interaction.automatic ?? null) as Record<string, unknown> | null) ?? null,
    trust: trustOf(interaction.trust),
    content: contentOf(interaction.content),
    call: callResourceOf(interaction),
    flags: interaction.flags,
    visibility: view.visibility,
    outcome: view.outcome,
    case: caseId === null || caseNumber === null ? null : { id: caseId, number: Number(caseNumber) },
    redacted_at: view.redactedAt?.toISOString() ?? null,
    redaction: redactionOf(view),
  };
}

/** An interaction with everything that decided about it. */
export function interactionDetailOf(view: InteractionView, now: Date): InteractionDetailResource {
  return {
    ...interactionResourceOf(view),
    ...soundResourcesOf(view.interaction, now),
    references: view.interaction.references.map(({ kind, value, via }) => ({ kind, value, via })),
    details: view.interaction.details,
    decision: decisionOf(view.decision),
    moves: [...view.moves],
  };
}

function soundResourcesOf(interaction: Interaction, now: Date) {
  const { recordings, texts } = soundsOf(interaction, now.toISOString());
  return {
    recordings: recordings.map((recording) => recordingOf(recording)),
    transcripts: texts.map(({ recordingId, state, text, language, engine, confidence }) => {
      return { recording_id: recordingId, status: state, text, made_by: 'machine', language, engine, confidence };
    }),
  };
}

function recordingOf(recording: KnownSounds['recordings'][number]): RecordingResource {
  const {
    id = '',
    legId,
    status = 'announced',
    failure,
    content,
    mediaType,
    durationMs,
    startedAt,
    channels,
    consent,
  } = recording;
  return {
    id,
    leg_id: legId ?? null,
    status,
    failure: status === 'failed' ? (failure ?? null) : null,
    sha256: content?.sha256 ?? null,
    size: content?.size ?? null,
    media_type: content?.mediaType ?? mediaType ?? null,
    duration_ms: durationMs ?? null,
    started_at: startedAt ?? null,
    channels: channels ?? null,
    consent: consent ?? null,
  };
}

export function trustOf({ verdict, reason, checks }: Interaction['trust']): TrustResource {
  return { verdict, reason, checks: checks ?? [] };
}

function partyOf(party: Party): PartyResource {
  return { kind: party.kind, value: party.value, name: party.name ?? null };
}

function contentOf(content: Content): ContentResource {
  return {
    subject: content.subject,
    text: content.text,
    text_reference: blobOf(content.textReference),
    quote_start: content.quoteStart ?? null,
    html: content.html ?? null,
    html_reference: blobOf(content.htmlReference),
    attachments: content.attachments.map(attachmentOf),
    raw: blobOf(content.raw),
  };
}

function blobOf(blob: BlobReference | null | undefined): BlobResource | null {
  return blob === null || blob === undefined
    ? null
    : { sha256: blob.sha256, size: blob.size, media_type: blob.mediaType };
}

function attachmentOf(attachment: Attachment): AttachmentResource {
  const { sha256, size, mediaType, name, contentId, inline } = attachment;
  return { sha256, size, media_type: mediaType, name, content_id: contentId ?? null, inline };
}

function decisionOf({ rules = [], ...decision }: InteractionView['decision']): DecisionResource {
  return { ...(snakeCased(decision) as Omit<DecisionResource, 'rules'>), rules: rules.map(ruleTraceOf) };
}

/** JSON with its camelCase names in snake_case; values stay as they are. */
function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(snakeCased);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCased(inner),
    ]),
  );
}
