import { utimesSync } from 'node:fs';

/** Notes that somebody puts now what a file holds already (`deleteUnlessPut` asks for it); false when there is none. */
export function touch(path: string): boolean {
  const now = new Date();
  try {
    utimesSync(path, now, now);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}
