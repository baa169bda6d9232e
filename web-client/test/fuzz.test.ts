// Seeded fuzzing of the whole engine against the fake server: whatever the network, the server and the readers do, once it is
// quiet every view equals the server's, without gap or double, and each intent was done exactly once.

import { describe, expect, it } from 'vitest';
import { Trial } from './fake/trial';

const seeds = Number(process.env['FUZZ_SEEDS'] ?? 2_000);
const first = Number(process.env['FUZZ_FIRST'] ?? 1);
const perBatch = 200;

describe('P10–P34 under a seeded scheduler', () => {
  for (let from = first; from < first + seeds; from += perBatch) {
    it(`seeds ${from} to ${from + perBatch - 1} converge`, { timeout: 120_000 }, async () => {
      for (let seed = from; seed < Math.min(from + perBatch, first + seeds); ++seed) {
        const faults = await new Trial(seed).run();
        expect(faults, `seed ${seed}`).toEqual([]);
      }
    });
  }
});
