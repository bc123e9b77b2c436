import { aMail, bytesOf, type Mail } from '../mails/a-mail.js';
import { defaultAccountId } from '#libs/runtime';
import { AGENTS, SUPPORT, VIP } from './acme.js';
import { first, firstTo, nameOf, reply, replyIn } from './people-mails.js';
import { type Desk, proofHeaders, someConversation, textOf, type Writer, type Written } from './planned-mail.js';

/** What an agent passes on: a block in the text or the mail itself, into a new case or one that there is. */
export const forward: Writer = (desk) => {
  const { random, index, date } = desk;
  const customer = desk.person(random.below(2) === 0);
  const from = random.below(8) === 0 ? desk.person() : random.oneOf(AGENTS);
  const inner = aMail({
    messageId: `outside-${index}@customers.example`,
    from: customer,
    fromName: nameOf(customer),
    to: [from],
    subject: `Invoice ${index}`,
    text: textOf(index, 'the invoice names the wrong address.'),
    date: new Date(date.getTime() - 3_600_000),
  });
  const note = random.below(3) === 0 ? '' : 'Please look after this.\n\n';
  const isAttached = random.below(2) === 0;
  const told = {
    messageId: `forward-${index}@acme.example`,
    from,
    subject: `Fwd: ${inner.subject}`,
    ...(isAttached ? attached(inner, note) : { text: `${note}${blockOf(inner)}` }),
  };
  const proof = proofHeaders(random.below(8) === 0 ? 'none' : 'pass', from);
  const written = firstTo(desk, SUPPORT, { ...told, headers: [...proof, ...(isAttached ? MULTIPART : [])] });
  const into = random.below(5) === 0 ? someConversation(desk) : null;
  return into === null
    ? { ...written, outside: isAttached ? inner : undefined }
    : { ...written, conversation: into, caseAddressOf: into.mails[0]?.index ?? null };
};

const MULTIPART: Mail['headers'] = [
  ['MIME-Version', '1.0'],
  ['Content-Type', 'multipart/mixed; boundary=edge'],
];

function attached(inner: Mail, note: string): Pick<Mail, 'text'> {
  const copy = bytesOf(inner).toString().replaceAll('\r\n', '\n');
  const parts = [
    `--edge\nContent-Type: text/plain; charset=utf-8\n\n${note}`,
    `\n--edge\nContent-Type: message/rfc822\n\n${copy}\n--edge--\n`,
  ];
  return { text: parts.join('') };
}

function blockOf(inner: Mail): string {
  return [
    '---------- Forwarded message ---------',
    `From: ${inner.fromName ?? ''} <${inner.from}>`,
    `Date: ${inner.date.toUTCString()}`,
    `Subject: ${inner.subject}`,
    `To: <${inner.to[0] ?? ''}>`,
    '',
    inner.text,
  ].join('\n');
}

/** A note of absence; only half of them name what they answer by both headers. */
export const absence: Writer = (desk) => {
  const conversation = someConversation(desk);
  return conversation === null
    ? first(desk)
    : automatic(replyIn(desk, conversation, conversation.requester), { subject: 'Automatic reply: away until Monday' });
};

/** An answer by machine to nothing that we know. */
export const automaticFirst: Writer = (desk) => automatic(firstTo(desk, SUPPORT), {});

export function automatic(written: Written, told: Partial<Mail>): Written {
  const headers = [...written.mail.headers, ['Auto-Submitted', 'auto-replied'] as const];
  return { ...written, conversation: undefined, mail: { ...written.mail, headers, ...told } };
}

/** Half as a report for programs (RFC 3464), half in words. */
export const bounce: Writer = (desk) => {
  const conversation = someConversation(desk);
  const answered = conversation?.mails.at(-1);
  if (conversation === null || answered === undefined) {
    return first(desk);
  }
  const gone = `gone-${desk.index}@customers.example`;
  const copy = `Message-ID: <${answered.mail.messageId ?? ''}>\nSubject: ${answered.mail.subject}\n`;
  const report = [
    '--edge\nContent-Type: text/plain\n\nIt could not be delivered.\n',
    `--edge\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ${gone}\nAction: failed\nStatus: 5.1.1\n`,
    `--edge\nContent-Type: text/rfc822-headers\n\n${copy}--edge--\n`,
  ].join('\n');
  const words = `<${gone}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n${copy}`;
  const isReport = desk.random.below(2) === 0;
  const type = 'multipart/report; report-type=delivery-status; boundary=edge';
  const written = firstTo(desk, conversation.mailbox, {
    messageId: `bounce-${desk.index}@mx.example`,
    from: 'mailer-daemon@mx.example',
    envelopeFrom: '',
    subject: isReport ? 'Undelivered Mail Returned to Sender' : 'failure notice',
    text: isReport ? report : words,
    headers: isReport
      ? [
          ['MIME-Version', '1.0'],
          ['Content-Type', type],
        ]
      : [],
  });
  return { ...written, conversation: undefined };
};

export const notification: Writer = (desk) =>
  firstTo(desk, SUPPORT, { from: 'no-reply@shop.example', headers: [['Auto-Submitted', 'auto-generated']] });

export const list: Writer = (desk) => firstTo(desk, SUPPORT, { headers: [['List-Id', '<lamps.lists.example>']] });

/** Somebody who says that he is an agent, and whose proof failed. */
export const spoofedAgent: Writer = (desk) => failed(desk, desk.random.oneOf(AGENTS), SUPPORT);

export const failedProof: Writer = (desk) => {
  return failed(desk, desk.person(), desk.random.below(2) === 0 ? VIP : SUPPORT);
};

function failed(desk: Desk, from: string, mailbox: string): Written {
  const headers = proofHeaders('fail', from);
  const conversation = desk.random.below(2) === 0 ? someConversation(desk) : null;
  if (conversation === null) {
    return firstTo(desk, mailbox, { from, headers });
  }
  const written = replyIn(desk, conversation, from);
  return { ...written, mailbox, caseAddressOf: null, mail: { ...written.mail, headers } };
}

export const ownLoop: Writer = (desk) => {
  const written = reply(desk);
  const headers = [...written.mail.headers, ['X-Casewright-Loop', defaultAccountId] as const];
  return { ...written, conversation: undefined, mail: { ...written.mail, headers } };
};

export const anonymous: Writer = (desk) => {
  return { ...firstTo(desk, SUPPORT, { from: '', fromName: 'Somebody', headers: [] }), conversation: undefined };
};

export const withoutId: Writer = (desk) => firstTo(desk, SUPPORT, { messageId: null });

/** Another mail under a name that a mail bears already. */
export const reusedId: Writer = (desk) => {
  const other = someConversation(desk)?.mails[0]?.mail.messageId;
  return other === undefined
    ? first(desk)
    : { ...firstTo(desk, SUPPORT, { messageId: other }), conversation: undefined };
};

/** As Asterisk sends it; two of a call now and then, and callers who hide their number. */
export const voicemail: Writer = (desk) => {
  const { random, index } = desk;
  const caller = random.below(6) === 0 ? 'anonymous' : `+3512100000${10 + random.below(20)}`;
  const call = random.below(4) === 0 ? index - 1 : index;
  const written = firstTo(desk, SUPPORT, {
    messageId: `voicemail-${index}@pbx.example`,
    from: 'asterisk@pbx.example',
    subject: 'New message 1 in mailbox 2001',
    headers: [
      ['X-Asterisk-VM-Message-Num', '1'],
      ['X-Asterisk-VM-Caller-ID-Num', caller],
      ['X-Asterisk-VM-Duration', '47'],
      ['X-Call-ID', `call-${call}`],
      ...MULTIPART,
    ],
    text: [
      '--edge\nContent-Type: text/plain\n\nThere is a new voicemail.\n',
      `--edge\nContent-Type: audio/x-wav; name=msg${index}.wav\nContent-Disposition: attachment\n\nRIFF\n--edge--\n`,
    ].join(''),
  });
  return { ...written, conversation: undefined };
};

export const severalFrom: Writer = (desk) => {
  const ana = AGENTS[0] ?? '';
  return {
    ...firstTo(desk, SUPPORT, { from: ana, headers: [['From', '<other@customers.example>']] }),
    conversation: undefined,
  };
};

export const tooManyHops: Writer = (desk) => {
  const hop = ['Received', 'from one.example by two.example with ESMTP; now'] as const;
  const written = reply(desk);
  return { ...written, conversation: undefined, mail: { ...written.mail, headers: Array(60).fill(hop) } };
};
