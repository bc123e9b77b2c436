import { hiddenAs, normaliseEmailAddress, normalisePhoneNumber, type ContactAddress } from '#libs/interaction';
import { told } from '#libs/webhook';
import type { DirectoryArrival } from './arrival.js';

/** An address or a number as a directory writes it. */
export interface SaidAddress {
  readonly value: string;
  readonly label?: string | null;
  readonly primary?: boolean | null;
  readonly verified?: boolean | null;
}

export type AddressKind = 'email' | 'phone';

type Spelling = Pick<DirectoryArrival, 'country' | 'trustsVerified'>;

/** Addresses of one contact in a fact. */
const MOST_ADDRESSES = 20;
const LONGEST_LABEL = 60;
const LONGEST_EMAIL = 320;
const LONGEST_PHONE = 60;
const EMAIL = /^[^@\s<>]+@[^@\s<>]+$/;

/** In the one spelling that it is compared in; null for what is none. */
export function addressOf(kind: AddressKind, value: string, country: string | null): string | null {
  const text = value.trim();
  if (kind === 'email') {
    const address = text.length <= LONGEST_EMAIL ? normaliseEmailAddress(text) : null;
    return address !== null && EMAIL.test(address) ? address : null;
  }
  return text.length > LONGEST_PHONE || hiddenAs(text) !== null ? null : normalisePhoneNumber(text, country);
}

/** What of a list can be known by, and the places in it of what cannot. */
export interface ReadAddresses {
  readonly addresses: readonly ContactAddress[];
  readonly wrong: readonly number[];
}

/**
 * Reads a list of addresses: those that are the same are one, and of more than 20 the first count. What is empty was not
 * told; what is no address is named by its place.
 */
export function readAddresses(kind: AddressKind, said: readonly SaidAddress[], spelling: Spelling): ReadAddresses {
  const found = new Map<string, ContactAddress>();
  const wrong: number[] = [];
  said.forEach(({ value, label, primary, verified }, index) => {
    const address = addressOf(kind, value, spelling.country);
    if (address === null) {
      wrong.push(...(value.trim() === '' ? [] : [index]));
    } else if (!found.has(address) && found.size < MOST_ADDRESSES) {
      const raw = value.trim() === address ? null : value.trim();
      const proven = spelling.trustsVerified && verified === true ? true : null;
      const short = label?.trim().slice(0, LONGEST_LABEL);
      found.set(address, told({ value: address, raw, label: short === '' ? null : short, primary, verified: proven }));
    }
  });
  return { addresses: [...found.values()], wrong };
}
