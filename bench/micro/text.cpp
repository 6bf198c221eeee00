// The small change of decoding: instants as text, and digests.

#include <benchmark/benchmark.h>

#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "micro/archive.hpp"

namespace fleetmeter::bench {
namespace {

void parse_time(benchmark::State& state) {
  const std::string text = "2024-11-03T05:00:00.250Z";
  for (auto _ : state) {
    benchmark::DoNotOptimize(base::parse_rfc3339(text));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_time);

void hash(benchmark::State& state) {
  const std::string& archive = small_archive();
  for (auto _ : state) {
    benchmark::DoNotOptimize(base::sha256(archive));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(archive.size()));
}
BENCHMARK(hash)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace fleetmeter::bench
