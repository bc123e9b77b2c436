import { connectionsOf } from '#libs/channel-kit';
import type { Configuration } from '#libs/runtime';
import type { RecordingConnection, TranscriptionEngine } from './recording-connection.js';

const MEGABYTE = 1024 * 1024;

/** How recordings of each connection are fetched, by its name; of those that keep none, too: what was begun is ended. */
export function recordingConnections(
  configuration: Pick<Configuration, 'telephony' | 'account'>,
): ReadonlyMap<string, RecordingConnection> {
  const hosts = new Map(
    configuration.telephony.map((entry) => [`${entry.provider}/${entry.key}`, entry.recordingHosts]),
  );
  const known = [...connectionsOf(configuration).values()].map(
    ({ name, provider, connection, transcripts, maxRecordingMegabytes }): RecordingConnection => ({
      name,
      access: provider.recordingAccess?.(connection.settings) ?? { hosts: [], credentials: null },
      namedHosts: hosts.get(name) ?? [],
      maxBytes: maxRecordingMegabytes * MEGABYTE,
      transcribes: transcripts === 'own',
    }),
  );
  return new Map(known.map((connection) => [connection.name, connection]));
}

/** Null: no sound is sent anywhere. */
export function transcriptionEngine({
  transcription,
}: Pick<Configuration, 'transcription'>): TranscriptionEngine | null {
  return transcription;
}
