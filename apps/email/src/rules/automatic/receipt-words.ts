import { beginning, untaggedSubject } from '#libs/mail';
import { proof, type Sight, type Signal } from './signal.js';

/** How Outlook begins the subject of a receipt, in its user's language. */
const SUBJECT =
  /^((not |un)?read|(un)?gelesen|(non )?lue?|(no )?le[ií]do|(non )?letto|(n[ãa]o )?lid[oa]|(niet )?gelezen|(inte |o)?läst|(ikke )?læst|(ikke |u)?lest|luettu|(nie)?przeczytan[eoa]|přečteno|okundu|прочитано|прочтено|開封済み|已读|已讀|읽음)\s*[:：]/iu;
/** What its text says, lower case, blanks single; the mail that was read stands between the two. */
const TEXT: readonly (readonly [begins: string, says: RegExp])[] = [
  ['your message', /was (read on|deleted without being read)/],
  ['ihre nachricht', /wurde am .{1,60}(gelesen|gelöscht)/],
  ['votre message', /a été (lu le|supprimé sans)/],
  ['su mensaje', /(se leyó|fue leído|se eliminó sin)/],
  ['il messaggio', /è stato (letto|eliminato senza)/],
  ['sua mensagem', /foi (lida|lido|excluída sem|eliminada sem)/],
  ['a sua mensagem', /foi (lida|lido|excluída sem|eliminada sem)/],
  ['uw bericht', /is (gelezen op|verwijderd zonder|ongelezen verwijderd|op .{1,60}gelezen)/],
  ['ditt meddelande', /(lästes|har lästs|togs bort utan)/],
  ['din meddelelse', /(blev læst|er læst|blev slettet uden)/],
  ['meldingen', /(ble lest|ble slettet uten)/],
  // HCL Notes
  ['return receipt', /received/],
];

/**
 * Receipts that are no report (RFC 8098), as Exchange leaves them behind gateways and as Notes writes them. The subject
 * alone is anybody's, the text too: both must say it.
 */
export function receiptWords({ payload }: Sight): Signal[] {
  const subject = untaggedSubject(payload.subject);
  if (!SUBJECT.test(subject) && !/^return receipt\s*$/i.test(subject)) {
    return [];
  }
  const said = beginning(payload.text, 2_000).normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const told = TEXT.some(([begins, says]) => said.startsWith(begins) && says.test(said));
  return told ? [proof('receipt', `words of a receipt: ${payload.subject}`)] : [];
}
