/**
 * Other spellings of a number (E.164) under which it may be known, because its country changed its numbering (domain.md
 * §16): the ninth digit of mobiles in Brazil, the `1` after 52 in Mexico, the `9` of mobiles in Argentina, which is a
 * guess. Without the number itself; empty for every other country.
 */
export function phoneAlternates(number: string): string[] {
  return [brazilian(number), mexican(number), argentinian(number)].flatMap((other) => other ?? []);
}

/** Mobiles got a 9 before their eight digits, which began with 6 to 9. */
function brazilian(number: string): string | null {
  const [, area, nine, rest] = /^\+55([1-9]\d)(9?)([6-9]\d{7})$/.exec(number) ?? [];
  return rest === undefined ? null : nine === '9' ? `+55${area}${rest}` : `+55${area}9${rest}`;
}

/** Mobiles had a 1 between country and ten digits until 2019. */
function mexican(number: string): string | null {
  const [, one, rest] = /^\+52(1?)([1-9]\d{9})$/.exec(number) ?? [];
  return rest === undefined ? null : one === '1' ? `+52${rest}` : `+521${rest}`;
}

/** Mobiles have a 9 between country and area when they are called from abroad. */
function argentinian(number: string): string | null {
  const [, nine, rest] = /^\+54(9?)([1-3]\d{9})$/.exec(number) ?? [];
  return rest === undefined ? null : nine === '9' ? `+54${rest}` : `+549${rest}`;
}
