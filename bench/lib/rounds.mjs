// The method: contestants take turns (A B C A B C), the first round warms up and does not count.

// After this long a contestant that has its first figure is not asked again; its n shows it.
const PATIENCE_MS = 120_000;

// Contestants are {name, run}; run() gives a sample. Gives a map from name to the list of samples.
// `warm` says that they have warmed up already.
export function alternate(contestants, rounds, say, { warm = false } = {}) {
  const samples = new Map(contestants.map(({ name }) => [name, []]));
  const spentMs = new Map(contestants.map(({ name }) => [name, 0]));
  for (let round = warm ? 1 : 0; round <= rounds; ++round) {
    for (const { name, run } of contestants) {
      const known = samples.get(name);
      if (known.length > 0 && spentMs.get(name) > PATIENCE_MS) {
        continue;
      }
      say(round === 0 ? `${name}: warm-up` : `${name}: run ${round} of ${rounds}`);
      const start = performance.now();
      const sample = run();
      spentMs.set(name, spentMs.get(name) + performance.now() - start);
      if (round > 0) {
        known.push(sample);
      }
    }
  }
  return samples;
}

export function summary(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1), count: sorted.length };
}
