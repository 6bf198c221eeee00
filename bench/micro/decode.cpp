// Bytes to records: framing alone, and all of decoding.

#include <benchmark/benchmark.h>

#include "decode/document_reader.hpp"
#include "decode/framer.hpp"
#include "micro/archive.hpp"

namespace fleetmeter::bench {
namespace {

void frame(benchmark::State& state) {
  const std::string& archive = small_archive();
  for (auto _ : state) {
    MemorySource source(archive);
    decode::Framer framer(source, decode::Limits{});
    while (framer.begin_document() != decode::Framer::Shape::none) {
      while (auto value = framer.next_value()) {
        benchmark::DoNotOptimize(value->bytes.data());
      }
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(archive.size()));
}
BENCHMARK(frame)->Unit(benchmark::kMicrosecond);

void decode_documents(benchmark::State& state) {
  const std::string& archive = small_archive();
  for (auto _ : state) {
    MemorySource source(archive);
    decode::DocumentReader reader(source, decode::FallbackTime{}, decode::Limits{});
    model::DocumentPart part;
    while (reader.next(part)) {
      benchmark::DoNotOptimize(&part);
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(archive.size()));
  state.SetItemsProcessed(state.iterations() * records_of(archive));
}
BENCHMARK(decode_documents)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace fleetmeter::bench
