import type { Automatic, AutomaticClass, Handling } from '#libs/interaction';
import { beginning, type EmailPayload } from '#libs/mail';
import { autoReplies, nullSender } from './auto-replies.js';
import { awayDates } from './away/away-dates.js';
import { outOfOffice } from './away/out-of-office.js';
import { failedRecipients } from './bounce/bounce-facts.js';
import { bounces } from './bounce/bounces.js';
import { declaredNotifications, lists, quietMachines } from './notifications.js';
import { ownLoop } from './own-loop.js';
import { receiptWords } from './receipt-words.js';
import { domainReports, reports } from './reports.js';
import type { AutomaticSettings, Family } from './signal.js';

/** Strongest first; the first proof decides the class. */
const FAMILIES: readonly Family[] = [
  ownLoop,
  reports,
  receiptWords,
  domainReports,
  bounces,
  outOfOffice,
  autoReplies,
  declaredNotifications,
  nullSender,
  lists,
  quietMachines,
];
const MOST_SIGNALS = 50;

/**
 * Why a mail is taken for one that no person wrote (email.md §4.1); null for ordinary mail. A signal that people's mail
 * shows too is a hint: hints alone make nothing automatic. All signals are kept, the one that decided first.
 * `sentAt`: when it was sent (ISO 8601, UTC) by the most trustworthy clock.
 */
export function classifyAutomatic(
  payload: EmailPayload,
  envelopeFrom: string | null,
  settings: AutomaticSettings,
  sentAt: string,
): Automatic | null {
  const sight = { payload, envelopeFrom, settings };
  const signals = FAMILIES.flatMap((family) => family(sight));
  const decided = signals.find(({ weight }) => weight === 'proof');
  if (decided === undefined) {
    return null;
  }
  const texts = [decided, ...signals].map(({ text }) => beginning(text.trim(), 300));
  return {
    class: decided.class,
    signals: [...new Set(texts)].slice(0, MOST_SIGNALS),
    ...factsOf(decided.class, payload, sentAt),
  };
}

function factsOf(automaticClass: AutomaticClass, payload: EmailPayload, sentAt: string): Partial<Automatic> {
  switch (automaticClass) {
    case 'bounce_hard':
    case 'bounce_soft':
      return { failedRecipients: failedRecipients(payload) };
    case 'out_of_office':
      return awayDates(`${payload.subject}\n\n${payload.text}`, { instant: sentAt, dateLine: payload.dateLine });
    default:
      return {};
  }
}

/** What may be done with mail of a class: lists and notifications may open cases, echoes of ours may do nothing. */
export function handlingOf(automatic: Automatic | null): Handling {
  switch (automatic?.class) {
    case undefined:
    case 'list':
    case 'notification':
      return 'ordinary';
    case 'own_loop':
      return 'record_only';
    case 'bounce_hard':
    case 'bounce_soft':
    case 'receipt':
    case 'abuse_report':
    case 'out_of_office':
    case 'auto_reply':
      return 'attach_only';
  }
}
