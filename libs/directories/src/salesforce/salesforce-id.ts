const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHORT = /^[A-Za-z0-9]{15}$/;
const LONG = /^[A-Za-z0-9]{18}$/;

/**
 * An id of Salesforce in its 18 characters, which say the same where case is lost: each of the last three stands for which of five
 * characters are capitals. Both lengths of one id are one. Null for what is none.
 */
export function longId(id: string): string | null {
  if (!SHORT.test(id) && !LONG.test(id)) {
    return null;
  }
  const short = id.slice(0, 15);
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...short.slice(start, start + 5)].map((letter, place) => (/[A-Z]/.test(letter) ? 2 ** place : 0));
    return LETTERS[capitals.reduce((sum, one) => sum + one, 0)];
  });
  return short + suffix.join('');
}
