/** A number of a command line. Throws a sentence when it is none, or out of its bounds. */
export function numberOption(name: string, given: unknown, [lowest, highest]: readonly [number, number]): number {
  const value = Number(given);
  if (!(value >= lowest && value <= highest)) {
    throw new Error(`--${name} must be a number from ${lowest} to ${highest}`);
  }
  return value;
}

/** Which log a command line asks for. Throws a sentence when there is none such. */
export function logOption(given: unknown): 'embedded' | 'kafka' {
  if (given !== 'embedded' && given !== 'kafka') {
    throw new Error('--log must be embedded or kafka');
  }
  return given;
}
