/**
 * Counts from now on what this process and its threads compute, in milliseconds. A clock would count what the other programs of a busy machine
 * compute too, so a limit of time for a computation is held against this.
 */
export function countProcessorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}

const SAMPLE_MS = 50;

/** How many times as long as on an idle machine something takes now: 1, or more where others want the processors too. Computes for 50 ms. */
export function machineSlowdown(): number {
  const computed = countProcessorTime();
  const startedAt = performance.now();
  while (computed() < SAMPLE_MS) {
    // This is the work.
  }
  return Math.max(1, (performance.now() - startedAt) / computed());
}
