import { readFile } from 'node:fs/promises';

/** Of Linux on every machine that Node runs on (sysconf(_SC_CLK_TCK)). */
const TICKS_IN_A_SECOND = 100;

/** Processor time that a process has used so far, of all its threads, in seconds; not a number where there is no `/proc`. */
export async function processorSeconds(processId: number): Promise<number> {
  const stat = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '');
  // The name of the program stands in brackets and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]].map(Number);
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) / TICKS_IN_A_SECOND;
}
