/** The tables of the case domain, for `migrate` of the postgres library. */
export const CASE_STORE_MIGRATIONS = { set: 'case-store', directory: new URL('./migrations/', import.meta.url) };
