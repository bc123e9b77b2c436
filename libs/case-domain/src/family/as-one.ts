import type { CallOutcome, Interaction, Occasion, Talker } from '#libs/interaction';
import { customerOf } from '../people/customer.js';

/**
 * A family as if it had been one call: who talked in any of it, what came of all of it (channels.md F), what each of it
 * says. Where a message was left and nobody talked, it is the message.
 */
export function asOne(members: readonly [Interaction, ...Interaction[]]): Interaction {
  const [first] = members;
  const root = members.find(isCall) ?? first;
  const message = members.find(({ outcome }) => outcome === 'voicemail_left');
  const outcome = outcomeOfAll(members, root);
  const head = outcome === 'voicemail_left' && message !== undefined ? message : root;
  if (members.length === 1) {
    return head;
  }
  const known = [head, root, ...members].find((one) => customerOf(one)?.kind === 'phone') ?? head;
  const contact = members.flatMap((one) => one.contact ?? [])[0];
  return {
    ...head,
    outcome,
    occasion: occasionFor(outcome, root),
    direction: root.direction,
    talkers: talkersOf(members),
    endpoint: [head, root, ...members].find(isOnLine)?.endpoint ?? head.endpoint ?? null,
    sender: root.direction === 'outbound' ? root.sender : known.sender,
    recipients: root.direction === 'outbound' ? known.recipients : head.recipients,
    flags: [...new Set(members.flatMap(({ flags }) => flags))],
    tags: [...new Set(members.flatMap(({ tags }) => tags ?? []))],
    ...(contact === undefined ? {} : { contact }),
    content: { ...head.content, text: textOf(members) },
  };
}

/** It bears the name of a call, which a message that was left in one does not. */
function isCall({ threadKeys }: Interaction): boolean {
  return threadKeys.some(({ kind }) => kind === 'call_id');
}

/** Whether a line was told, and not only the connection that it came in by. */
function isOnLine({ endpoint }: Interaction): boolean {
  return Boolean(endpoint) && endpoint!.address !== endpoint!.connection;
}

/** First hit wins; of calls that nobody took the last one says how it ended. */
function outcomeOfAll(members: readonly Interaction[], root: Interaction): CallOutcome | null {
  const outcomes = members.flatMap(({ outcome }) => outcome ?? []);
  const first = (['internal', 'answered', 'voicemail_left'] as const).find((one) =>
    one === 'internal' ? root.outcome === one : outcomes.includes(one),
  );
  return first ?? members.filter(isCall).at(-1)?.outcome ?? outcomes.at(-1) ?? null;
}

function occasionFor(outcome: CallOutcome | null, { direction, occasion }: Interaction): Occasion | null {
  switch (outcome) {
    case 'answered':
      return direction === 'outbound' ? 'call_outbound_answered' : 'call_inbound_answered';
    case 'voicemail_left':
      return 'voicemail';
    default:
      return occasion;
  }
}

/** What calls say is said once, line by line; what messages say stands together. */
function textOf(members: readonly Interaction[]): string {
  const calls = members.filter(isCall).flatMap(({ content }) => content.text.split('\n'));
  const messages = members.filter((one) => !isCall(one)).map(({ content }) => content.text);
  return [...new Set([...calls, ...messages])].filter((line) => line !== '').join('\n');
}

/** Who talks in a call of which no end is known talks no more when somebody has taken the one that it went on in. */
function talkersOf(members: readonly Interaction[]): Talker[] {
  const talks = members.flatMap(({ id, talkers }) => (talkers ?? []).map((talk) => ({ id, talk })));
  const ended = talks.map(({ id, talk }): Talker => {
    const later = talks
      .filter((other) => other.id !== id && other.talk.from > talk.from)
      .map((other) => other.talk.from);
    const next = later.sort()[0];
    return talk.until || next === undefined ? talk : { ...talk, until: next };
  });
  return ended.sort(byBeginning);
}

function byBeginning(one: Talker, other: Talker): number {
  return one.from < other.from ? -1 : one.from > other.from ? 1 : 0;
}
