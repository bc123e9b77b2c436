/** What is known already about a tree: a run that was broken off goes on from there. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Results by what was asked. They are kept in a file, and hold for a tree of the same fingerprint alone. */
export class Results {
  #path;
  #fingerprint;
  #known;

  constructor(root, fingerprint, { resumes }) {
    const place = createHash('sha256').update(root).digest('hex').slice(0, 16);
    this.#path = join(tmpdir(), `casewright-mutants-${place}.json`);
    this.#fingerprint = fingerprint;
    this.#known = resumes ? readKnown(this.#path, fingerprint) : {};
  }

  /** The result for these words, found out now unless it is known. */
  of(words, find) {
    const key = JSON.stringify(words);
    if (this.#known[key] === undefined) {
      this.#known[key] = find();
      writeFileSync(this.#path, JSON.stringify({ fingerprint: this.#fingerprint, known: this.#known }));
    }
    return this.#known[key];
  }
}

function readKnown(path, fingerprint) {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8'));
    return kept.fingerprint === fingerprint ? kept.known : {};
  } catch {
    return {};
  }
}
