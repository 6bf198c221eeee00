// Live polling: one file of about 40 records at a time, each a durable commit, in one process.

import { mustAgree } from '../lib/answers.mjs';
import { alternate } from '../lib/rounds.mjs';
import { figure, spread, table } from '../lib/text.mjs';

export const name = 'polling';
export const title = 'Live polling';

export function run(bench) {
  const files = bench.archives.get('polls').files.filter((file) => file.endsWith('-running.json'));
  const peers = [bench.fleetmeter, bench.duckdb].filter(Boolean);
  const dbOf = (peer) => bench.file(`polling.${peer.name}`);
  const pollAnew = (peer) => {
    peer.remove(dbOf(peer));
    return peer.poll(dbOf(peer), files);
  };
  const contestants = peers.map((peer) => ({ name: peer.name, run: () => pollAnew(peer) }));
  const samples = alternate(contestants, bench.rounds, bench.say);
  const [ours, ...others] = peers.map((peer) => ({ peer, counts: peer.counts(dbOf(peer)) }));
  for (const { peer, counts } of others) {
    mustAgree('live polling', ours.peer.name, ours.counts, peer.name, counts);
  }
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
