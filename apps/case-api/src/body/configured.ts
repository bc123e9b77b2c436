import { readOnly, required } from './field.js';
import { matching } from './values.js';

/** What a configured resource answers with beside what people write of it. */
export const ANSWERED = {
  id: readOnly(),
  managed_by: readOnly(),
  version: readOnly(),
  created_at: readOnly(),
  updated_at: readOnly(),
};

/** What a new one is named by for ever. */
export const NEW_KEY = required(
  matching(/^[a-z][a-z0-9_]{0,63}$/, 'Must be 1 to 64 of a-z, 0-9 and _, a letter first.'),
);
