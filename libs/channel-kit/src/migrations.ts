/** The tables of the adapters, for `migrate` of the postgres library. */
export const CHANNEL_KIT_MIGRATIONS = { set: 'channel-kit', directory: new URL('./migrations/', import.meta.url) };
