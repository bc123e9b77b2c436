import { checked, described, required } from '../body/field.js';
import { integer, line } from '../body/values.js';

const HOUR = 3600;

/** What a token is asked for with. `maxHours`: how long tokens last at most. */
export function tokenBody(maxHours: number) {
  return {
    agent: required(
      described(line({ max: 320 }), 'Address or id of an agent: whom the token names.', 'ana@acme.example'),
    ),
    expires_in: described(
      checked(integer({ min: 60, max: 24 * HOUR }), (seconds, place) =>
        seconds <= maxHours * HOUR ? seconds : place.refuse(`Tokens last at most ${maxHours * HOUR} seconds here.`),
      ),
      'Seconds; an hour unless told.',
      HOUR,
    ),
  };
}

/** Unless told. */
export const ORDINARY_SECONDS = HOUR;
