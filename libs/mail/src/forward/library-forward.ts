import EmailForwardParser from 'email-forward-parser';
import type { MailAddress } from '../header/address-header.js';
import { addressIn } from './header-block.js';

/** What the library reads out of a block. */
export interface LibraryForward {
  readonly author: MailAddress;
  readonly subject: string | null;
  readonly sentAt: string | null;
}

const parser = new EmailForwardParser();

/**
 * Reads a block by the library, which knows 22 languages of twelve mail programs; null when it finds no address.
 * `block` must be short and without runs of blanks and empty lines: its regular expressions take time with the square
 * of the length. With `announced` the block says itself that it is a forward; else the library is told so.
 */
export function readByLibrary(block: string, announced: boolean): LibraryForward | null {
  const { email } = parser.read(block, announced ? null : 'Fwd:');
  const author = addressIn(`<${email.from.address ?? ''}>`);
  return author === null
    ? null
    : {
        author: { name: email.from.name ?? '', address: author.address },
        subject: email.subject === '' ? null : (email.subject ?? null),
        sentAt: email.date ?? null,
      };
}
