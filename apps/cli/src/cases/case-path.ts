import { isUuid } from '#libs/interaction';
import { failed, succeeded, type Outcome } from '../context.js';

const NUMBER = /^(?:case-|#|number:)?([1-9]\d{0,17})$/i;

/** The path of the case that people call `CASE-12`, `#12`, `12` or by its id. */
export function casePath(name: string): Outcome<string> {
  const number = NUMBER.exec(name)?.[1];
  if (number !== undefined) {
    return succeeded(`/v1/cases/number:${number}`);
  }
  return isUuid(name)
    ? succeeded(`/v1/cases/${name.toLowerCase()}`)
    : failed(`"${name}" names no case: write CASE-12, 12, or its id.`);
}
