/** What is through: commands about it are mostly refused. */
const OVER = ['deleted', 'closed', 'revoked', 'redacted', 'used', 'file'];
/** Codes of problems that say what a thing is. */
const SAID_BY_PROBLEM: Readonly<Record<string, string>> = {
  'case-deleted': 'deleted',
  'case-closed': 'closed',
  'case-resolved': 'resolved',
  'client-revoked': 'revoked',
  'comment-redacted': 'redacted',
  'managed-by-configuration': 'file',
  'already-settled': 'settled',
};

/** What things say of themselves, in words of the API: `open`, `problem`, `deleted`. */
export class States {
  private readonly words = new Map<string, ReadonlySet<string>>();

  /** Learns from a thing as an answer shows it, if only in part. */
  learn(id: string, shown: Readonly<Record<string, unknown>>): void {
    const { status, category, type, state } = shown;
    const merged = [shown['merged_from']].flat().some((one) => typeof one === 'string') ? ['merged'] : [];
    const said = [status, category, type, state, ...merged].filter((one) => typeof one === 'string');
    const since = ['deleted_at', 'revoked_at', 'redacted_at'].flatMap((name) =>
      typeof shown[name] === 'string' ? [name.replace('_at', '')] : [],
    );
    const whole = said.length > 0 || since.length > 0;
    const isUnresolvedProblem = type === 'problem' && status !== 'resolved' && status !== 'closed';
    const more = isUnresolvedProblem ? ['unresolved problem'] : [];
    const before = shown['deleted_at'] === undefined && this.words.get(id)?.has('deleted') === true ? ['deleted'] : [];
    if (whole) {
      this.words.set(id, new Set([...said, ...since, ...more, ...before]));
    }
  }

  /** Learns from a problem that a request about the thing has ended in. */
  learnProblem(id: string, code: string): void {
    const word = SAID_BY_PROBLEM[code];
    if (word !== undefined) {
      this.say(id, word);
    }
  }

  say(id: string, word: string): void {
    this.words.set(id, new Set([...(this.words.get(id) ?? []), word]));
  }

  /** Of these things those that say one of the words; without words, those that are not through. */
  fitting(ids: readonly string[], wanted: readonly string[]): readonly string[] {
    const isOver = (said: ReadonlySet<string>): boolean =>
      OVER.some((word) => said.has(word) && !wanted.includes(word));
    return ids.filter((id) => {
      const said = this.words.get(id) ?? new Set<string>();
      return !isOver(said) && (wanted.length === 0 || wanted.some((word) => said.has(word)));
    });
  }
}
