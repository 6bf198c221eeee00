// Records to rows and rows to answers, on a small store in memory.

#include <benchmark/benchmark.h>

#include <fstream>

#include "fleetmeter/fleetmeter.hpp"
#include "micro/archive.hpp"

namespace fleetmeter::bench {
namespace {

/// The small archive as a file.
const std::string& archive_path() {
  static const TemporaryFile file("archive.ndjson");
  static const bool written = (std::ofstream(file.path()) << small_archive()).good();
  if (!written) {
    throw Error(ErrorKind::io, file.path() + ": cannot be written");
  }
  return file.path();
}

void ingest(benchmark::State& state) {
  const TemporaryFile db("ingest.db");
  for (auto _ : state) {
    state.PauseTiming();
    db.remove();
    state.ResumeTiming();
    Store::open_or_create(db.path()).ingest({archive_path()});
  }
  const std::string& archive = small_archive();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(archive.size()));
  state.SetItemsProcessed(state.iterations() * records_of(archive));
}
BENCHMARK(ingest)->Unit(benchmark::kMicrosecond);

void ingest_again(benchmark::State& state) {
  const TemporaryFile db("again.db");
  Store store = Store::open_or_create(db.path());
  store.ingest({archive_path()});
  for (auto _ : state) {
    store.ingest({archive_path()});
  }
  state.SetItemsProcessed(state.iterations() * records_of(small_archive()));
}
BENCHMARK(ingest_again)->Unit(benchmark::kMicrosecond);

template <auto Ask>
void ask(benchmark::State& state) {
  const TemporaryFile db("ask.db");
  Store store = Store::open_or_create(db.path());
  store.ingest({archive_path()});
  Question question;
  question.by = {GroupBy::region, GroupBy::app, GroupBy::hour};
  for (auto _ : state) {
    benchmark::DoNotOptimize((store.*Ask)(question));
  }
}
BENCHMARK(ask<&Store::billing>)->Name("ask_billing")->Unit(benchmark::kMicrosecond);
BENCHMARK(ask<&Store::egress>)->Name("ask_egress")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace fleetmeter::bench
