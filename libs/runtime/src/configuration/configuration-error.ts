/** One thing that is wrong, and where: a path of the file (`mailboxes[0].group`) or an environment variable's name. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly problem: string;
}

/** The configuration cannot be used. Lists everything that is wrong with it; holds no value of a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    source: string,
    readonly problems: readonly ConfigurationProblem[],
  ) {
    const lines = problems.map(({ path, problem }) => `  ${path}: ${problem}`);
    super([`${source} cannot be used:`, ...lines].join('\n'));
  }
}
