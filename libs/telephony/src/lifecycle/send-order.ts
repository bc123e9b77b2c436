/** How requests are disturbed on their way. The same seed disturbs in the same way. */
export interface Disturbance {
  /** Some are sent again. */
  readonly repeat: boolean;
  /** They come in another order. */
  readonly shuffle: boolean;
  readonly seed: string;
}

/** The requests as they are sent: all of them, with `repeat` every one of them once or twice, with `shuffle` in any order. */
export function sendOrder<Request>(
  requests: readonly Request[],
  { repeat, shuffle, seed }: Disturbance,
): readonly Request[] {
  const random = randomNumbers(seed);
  // Somebody who asks for repetitions sees one: the last request comes twice at least.
  const sent = requests.flatMap((request, index) =>
    repeat && (index === requests.length - 1 || random() < 0.5) ? [request, request] : [request],
  );
  return shuffle ? shuffled(sent, random) : sent;
}

/** Fisher and Yates. */
function shuffled<Value>(values: readonly Value[], random: () => number): readonly Value[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

/** Numbers from 0 to 1 that follow from the seed: xorshift over the FNV-1a hash of it. */
function randomNumbers(seed: string): () => number {
  let state =
    [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}
