// Every other way to ask, as a user does: one process each, warm and with a cold file.

import { BenchError } from '../lib/command.mjs';
import { alternate } from '../lib/rounds.mjs';
import { figure, spread, table } from '../lib/text.mjs';

export const name = 'commands';
export const title = 'Commands';

const FIRST_PORT = 'SELECT host, port, first_seen_ms FROM port_latest ORDER BY 1, 2, 3 LIMIT 1';

function listen(bench, db) {
  const ask = (...words) => bench.fleetmeter.csv(['--db', db, ...words]);
  const talkers = ask('query', 'top_talkers', '--param', 'top=1');
  const [[host, port, at_ms] = ['nowhere', '1', '0']] = ask('sql', FIRST_PORT).rows;
  const process_id = talkers.rows[0][talkers.header.indexOf('process_id')];
  return { process_id, host, port, at_ms, top: '10', gap_ms: '180000' };
}

// The parameters of a named query that no window gives.
function parametersOf(bench, db, query, values) {
  const shown = bench.fleetmeter.text(['--db', db, 'query', '--show', query]);
  const wanted = [...shown.matchAll(/^\.parameter set :(\w+) NULL$/gm)].map((found) => found[1]);
  return wanted.flatMap((parameter) => {
    if (!(parameter in values)) {
      throw new BenchError(`${query} takes ${parameter}: say a value in ${import.meta.url}`);
    }
    return ['--param', `${parameter}=${values[parameter]}`];
  });
}

function commandsOf(bench, db) {
  const values = listen(bench, db);
  const day = new Date(Number(bench.fleetmeter.status(db).last_observed_at_ms) - 86_400_000)
    .toISOString()
    .slice(0, 10);
  const queries = bench.fleetmeter.csv(['query']).rows.map(([query]) => query);
  return [
    ['status'],
    ['explain', values.process_id],
    ['billing', '--by', 'process', '--day', day],
    ['egress', '--by', 'process', '--day', day],
    ['anomalies'],
    ['coverage'],
    ...queries.map((query) => ['query', query, ...parametersOf(bench, db, query, values)]),
  ];
}

function part(bench, kind) {
  const db = bench.storeOf(bench.archives.get(kind));
  const commands = commandsOf(bench, db);
  // Warm runs first, by themselves: a cold one leaves only its own pages in memory.
  const samplesOf = (cold) =>
    alternate(
      commands.map((words) => ({
        name: words.join(' '),
        run: () =>
          bench.meter.measure([bench.fleetmeter.program, '--db', db, '--format', 'csv', ...words], {
            cold,
          }),
      })),
      bench.rounds,
      bench.say,
    );
  const warmSamples = samplesOf([]);
  const coldSamples = samplesOf([db]);
  const rows = commands.map((words) => {
    const warm = warmSamples.get(words.join(' '));
    const cold = coldSamples.get(words.join(' '));
    const wall = (runs) => spread(runs.map(({ wallMs }) => wallMs));
    const peak = Math.max(...warm.map(({ peakMb }) => peakMb));
    return [`\`${words.join(' ')}\``, wall(warm), wall(cold), figure(peak)];
  });
  return `On ${kind}:\n\n${table(['', 'ms', 'ms, cold file', 'peak MB'], rows)}`;
}

export function run(bench) {
  const kinds = bench.options.large ? [bench.usual.main, 'L'] : [bench.usual.main];
  return kinds.map((kind) => part(bench, kind)).join('\n\n');
}
