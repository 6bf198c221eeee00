// What the micro-benchmarks work on.

#include "micro/archive.hpp"

#include <unistd.h>

#include <filesystem>

#include "sim/archive.hpp"

namespace fleetmeter::bench {

const std::string& small_archive() {
  static const std::string archive = [] {
    sim::ArchiveOptions options;
    options.fleet.duration_ms = 30 * 60'000;
    options.fleet.processes_alive = 40;
    std::string text;
    sim::emit_archive(options, [&](const sim::Document& document) {
      text += document.text;
      if (text.back() != '\n') {
        text += '\n';
      }
    });
    return text;
  }();
  return archive;
}

std::int64_t records_of(const std::string& archive) {
  constexpr std::string_view kKey = "\"egressedBytes\"";
  std::int64_t count = 0;
  for (auto at = archive.find(kKey); at != std::string::npos; at = archive.find(kKey, at + 1)) {
    ++count;
  }
  return count;
}

std::size_t MemorySource::read(char* into, std::size_t size) {
  const std::size_t count = bytes_.copy(into, size, at_);
  at_ += count;
  return count;
}

TemporaryFile::TemporaryFile(const std::string& name) {
  const std::filesystem::path memory = "/dev/shm";
  const auto folder =
      std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
  path_ = folder / ("fleetmeter-micro-" + std::to_string(::getpid()) + '-' + name);
}

TemporaryFile::~TemporaryFile() {
  remove();
}

void TemporaryFile::remove() const {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(path_ + suffix);
  }
}

}  // namespace fleetmeter::bench
