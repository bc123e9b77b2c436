import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./fixtures/', import.meta.url);

/** A mail of the fixtures by its name without `.eml`, byte by byte. */
export function fixtureMail(name: string): Buffer {
  return readFileSync(new URL(`${name}.eml`, FOLDER));
}

/** All of them, by name. */
export function fixtureMails(): Buffer[] {
  const names = readdirSync(FOLDER).filter((file) => file.endsWith('.eml'));
  return names.sort().map((file) => readFileSync(new URL(file, FOLDER)));
}
