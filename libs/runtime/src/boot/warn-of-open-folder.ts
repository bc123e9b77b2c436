import { constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Logger } from '../log/create-logger.js';

/**
 * Warns of a data folder that other accounts of this machine can read: it holds mails, and secrets of the installation. What
 * we make is 0700; a folder that was there keeps its mode, since somebody may have given it on purpose.
 */
export async function warnOfOpenFolder(folder: string, logger: Pick<Logger, 'warn'>): Promise<void> {
  // Not every process keeps something here, so there may be no such folder.
  const found = await stat(folder).catch(() => null);
  if (found !== null && (found.mode & constants.S_IROTH) !== 0) {
    logger.warn({ folder }, 'Everybody on this machine can read the data folder: chmod 700 closes it');
  }
}
