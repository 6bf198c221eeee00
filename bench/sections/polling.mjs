// Live polling: one file of about 40 records at a time, each a durable commit, in one process.

import { alternate } from '../lib/rounds.mjs';
import { figure, spread, table } from '../lib/text.mjs';

export const name = 'polling';
export const title = 'Live polling';

export function run(bench) {
  const files = bench.archives.get('polls').files.filter((file) => file.endsWith('-running.json'));
  const peers = [bench.fleetmeter, bench.duckdb].filter(Boolean);
  const samples = alternate(
    peers.map((peer) => ({
      name: peer.name,
      run: () => {
        const db = bench.file(`polling.${peer.name}`);
        peer.remove(db);
        return peer.poll(db, files);
      },
    })),
    bench.rounds,
    bench.say,
  );
  const rows = [...samples].map(([peer, runs]) => {
    const perRun = runs.map((times) => times.reduce((sum, ms) => sum + ms, 0) / times.length);
    const slowest = Math.max(...runs.flat());
    return [peer, spread(perRun), figure(slowest)];
  });
  return (
    `${files.length} polls of about 40 processes, one after another into one store.\n\n` +
    table(['', 'ms a poll (mean of a run)', 'slowest poll, ms'], rows)
  );
}
