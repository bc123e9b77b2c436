import { normalisePhoneNumber } from './phone-number.js';

/**
 * The spelling in which a line of ours is compared: that of numbers (`normalisePhoneNumber`) where it is one of the world, else as it
 * is written, such as an extension. `351210000000` without plus is the number of another country where it is none of `country`.
 */
export function lineAddress(number: string, country: string | null): string {
  const written = number.trim();
  const read = normalisePhoneNumber(written, country);
  if (read === null || read.startsWith('+') || !/^[1-9]\d{9,14}$/.test(read)) {
    return read ?? written;
  }
  return `+${read}`;
}
