/**
 * Loaded with `--import` into a process under measurement: writes its peak memory and the longest time that its event
 * loop was held up to the file that WATCH_FILE names, ten times a second.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** What the file holds. */
export interface Watched {
  /** Peak resident memory of the process, all of its threads included. */
  readonly peakMegabytes: number;
  /** Longest hold-up since the last SIGUSR2. */
  readonly longestBlockMs: number;
}

const RESOLUTION_MS = 5;
const file = process.env['WATCH_FILE'];
if (file !== undefined && isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  process.on('SIGUSR2', () => delays.reset());
  setInterval(() => {
    const watched: Watched = {
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
      longestBlockMs: Math.max(0, delays.max / 1e6 - RESOLUTION_MS),
    };
    writeFileSync(`${file}.next`, JSON.stringify(watched));
    renameSync(`${file}.next`, file);
  }, 100).unref();
}
