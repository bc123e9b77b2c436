import { aMail, aReply, type Mail } from '../mails/a-mail.js';
import { AGENTS, BILLING, NEWS, PARTNERS, SALES, SUPPORT, VIP } from './acme.js';
import {
  type Conversation,
  type Desk,
  proofHeaders,
  someConversation,
  someMail,
  textOf,
  type Writer,
  type Written,
} from './planned-mail.js';

/** The mailbox of a first mail: mostly Support. */
const MAILBOXES = [SUPPORT, SUPPORT, SUPPORT, SUPPORT, SALES, SALES, BILLING, PARTNERS, VIP];
const LONG = 'a very long subject '.repeat(30);

/** Half of the first mails are of people who have not written before. */
export const first: Writer = (desk) => firstTo(desk, desk.random.oneOf(MAILBOXES));

export const closedMailbox: Writer = (desk) => firstTo(desk, NEWS);

export function firstTo(desk: Desk, mailbox: string, told: Partial<Mail> = {}): Written {
  const { random, index, date } = desk;
  const from = told.from ?? desk.person(random.below(2) === 0);
  const others = random.below(6) === 0 ? [desk.person()] : [];
  const proof = random.below(4) === 0 ? 'pass' : 'none';
  const mail = aMail({
    messageId: `first-${index}@customers.example`,
    fromName: nameOf(from),
    to: [mailbox],
    cc: others,
    subject: [`Order ${index} came broken`, '', LONG][random.below(100)] ?? `Order ${index} came broken`,
    text: textOf(index),
    date,
    headers: proofHeaders(proof, from),
    ...told,
    from,
  });
  const isFetched = mailbox === SALES;
  return {
    mail,
    mailbox,
    conversation: null,
    provider: isFetched ? 'imap' : 'smtp',
    threadId: isFetched ? `${index}` : null,
  };
}

/** What a requester or a participant writes next, in all the ways in which mail programs name what they answer. */
export const reply: Writer = (desk) => {
  const conversation = someConversation(desk);
  return conversation === null ? first(desk) : replyIn(desk, conversation, partyOf(desk, conversation));
};

/** Somebody who has nothing to do with the conversation, and knows a name of it. */
export const stranger: Writer = (desk) => {
  const conversation = someConversation(desk);
  return conversation === null
    ? first(desk)
    : { ...replyIn(desk, conversation, desk.person()), conversation: undefined };
};

export function replyIn(desk: Desk, conversation: Conversation, from: string): Written {
  const { random, index, date } = desk;
  const answered = someMail(desk, conversation);
  const whole = aReply(answered.mail, {
    messageId: `reply-${index}@customers.example`,
    from,
    fromName: nameOf(from),
    to: [conversation.mailbox],
    text: `${textOf(index, 'and another thing about it.')}\n> ${answered.mail.text.replaceAll('\n', '\n> ')}\n`,
    date,
    headers: proofHeaders(random.below(5) === 0 ? 'pass' : 'none', from),
  });
  const isFetched = conversation.mailbox === SALES;
  const written: Written = {
    mail: whole,
    mailbox: conversation.mailbox,
    conversation,
    provider: isFetched ? 'imap' : 'smtp',
    threadId: isFetched ? conversation.thread : null,
  };
  return asClientsSendIt(desk, written, answered);
}

const NOTHING = { inReplyTo: null, references: [] };

/** Of 20 replies: how their headers name the conversation. */
function asClientsSendIt(desk: Desk, written: Written, answered: Conversation['mails'][number]): Written {
  const { mail } = written;
  const named = answered.mail.messageId;
  const told = (more: Partial<Mail>): Written => ({ ...written, mail: { ...mail, ...more } });
  switch (desk.random.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return told({ references: [] });
    case 5:
    case 6:
      return told({ inReplyTo: null });
    case 7:
    case 8:
      return told({ inReplyTo: null, references: named === null ? [] : [named] });
    case 9:
      return { ...told(NOTHING), caseAddressOf: answered.index };
    case 10:
      return { ...written, caseAddressOf: answered.index };
    case 11:
      return { ...told({ ...NOTHING, subject: `Order ${desk.index}` }), caseNumberOf: answered.index };
    case 12:
      return told({ subject: `Something else, ${desk.index}` });
    case 13:
      return told(namingAnother(desk, mail));
    default:
      return written;
  }
}

/** The header says one conversation and another one as well. */
function namingAnother(desk: Desk, mail: Mail): Partial<Mail> {
  const other = desk.random.oneOf(desk.conversations).mails[0]?.mail.messageId ?? null;
  return other === null ? {} : { references: [other, ...mail.references] };
}

/** An agent answers from her own mail program, mostly with proof; at Partners none is asked for. */
export const agentAnswer: Writer = (desk) => {
  const conversation = someConversation(desk);
  const from = desk.random.oneOf(AGENTS);
  if (conversation === null || desk.random.below(12) === 0) {
    return firstTo(desk, SUPPORT, { from, headers: proofHeaders('pass', from) });
  }
  const proof = desk.random.below(5) === 0 ? 'none' : 'pass';
  const written = replyIn(desk, conversation, from);
  const { mail } = written;
  const headers = proofHeaders(proof, from);
  return {
    ...written,
    mail: { ...mail, messageId: `answer-${desk.index}@acme.example`, cc: [conversation.requester], headers },
  };
};

/** A form of a web site: nobody can answer it, its Reply-To is the author. Or a list in the author's place. */
export const form: Writer = (desk) => {
  const author = desk.person();
  const isForm = desk.random.below(2) === 0;
  const headers: Mail['headers'] = isForm
    ? [['Reply-To', `<${author}>`]]
    : [
        ['X-Original-From', `<${author}>`],
        ['List-Id', '<help.lists.example>'],
      ];
  const from = isForm ? 'forms@forms.example' : 'help@lists.example';
  return firstTo(desk, SUPPORT, { from, fromName: isForm ? null : 'Somebody via Help', headers });
};

function partyOf({ random }: Desk, { requester, others }: Conversation): string {
  return others.length > 0 && random.below(4) === 0 ? random.oneOf(others) : requester;
}

export function nameOf(address: string): string {
  return address.slice(0, address.indexOf('@')).replaceAll('-', ' ');
}
