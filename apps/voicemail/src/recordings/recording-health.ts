import { recordingWarnings, RECORDING_WARNING_DAYS, type RecordingWork } from '#libs/channel-kit';
import type { HealthCheck } from '#libs/runtime';

/** A probe that comes every second asks the database no more often than this. */
const KEPT_MS = 30_000;

/**
 * How fetching goes, for `/readyz`: a provider that does not know us is a warning and no failure, since calls are taken in
 * all the same. What was found serves for half a minute.
 */
export function recordingHealth(work: Pick<RecordingWork, 'failures'>, now: () => number = Date.now): HealthCheck {
  let kept: { readonly warnings: readonly string[]; readonly until: number } | null = null;
  return async () => {
    if (kept === null || kept.until <= now()) {
      const found = recordingWarnings(await work.failures(RECORDING_WARNING_DAYS));
      kept = { warnings: found.map(({ sentence }) => sentence), until: now() + KEPT_MS };
    }
    return { ok: true, warnings: kept.warnings };
  };
}
