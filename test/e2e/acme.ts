import type { Declaration } from '#libs/case-store';
import {
  aDeclaration,
  aDeclaredAccount,
  aDeclaredAgent,
  aDeclaredGroup,
  aDeclaredLine,
  aDeclaredMailbox,
  LINE,
} from '#libs/testing';

export const SUPPORT = 'support@acme.example';
export const SALES = 'sales@acme.example';
export const ANA = 'ana@acme.example';
export const RUI = 'rui@acme.example';
export const MAILBOXES = [SUPPORT, SALES];

/** Lines that connections do not list. */
const CONNECTIONS = ['twilio/main', 'talkdesk/main', 'zammad/pbx'].map((name) => aDeclaredLine(name));

/**
 * Support assigns by itself among Ana and Rui; Sales leaves every case unassigned. Calls that nobody took are settled as
 * soon as their end is told.
 */
export const ACME: Declaration = aDeclaration({
  account: aDeclaredAccount({ callSettleSeconds: 0 }),
  groups: [aDeclaredGroup('Support', 'round_robin'), aDeclaredGroup('Sales')],
  agents: [{ ...aDeclaredAgent(ANA, 'Ana'), extensions: ['201'] }, aDeclaredAgent(RUI, 'Rui')],
  endpoints: [aDeclaredMailbox(SUPPORT), aDeclaredMailbox(SALES, 'Sales'), aDeclaredLine(LINE), ...CONNECTIONS],
});
