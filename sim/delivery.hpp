#pragma once

#include <cstdint>
#include <list>
#include <string>

#include "sim/archive.hpp"
#include "sim/random.hpp"

namespace fleetmeter::sim {

/// The way from the poll to the disk: documents come late, come again, come reformatted.
class Delivery {
 public:
  Delivery(const ArchiveOptions& options, const DocumentSink& sink);

  void deliver(std::string_view text, std::int64_t observed_at_ms, const std::string& list);
  /// Hands out what is still held back.
  void finish();

 private:
  /// A document that waits until so many others went out.
  struct Held {
    std::int64_t due = 0;
    std::string text;
    std::int64_t observed_at_ms = 0;
    std::string file_name;
  };
  void emit(std::string_view text, std::int64_t observed_at_ms, std::string file_name);
  void hold(std::string text, std::int64_t observed_at_ms, std::string file_name);

  const ArchiveOptions& options_;
  const DocumentSink& sink_;
  Random random_;
  std::int64_t emitted_ = 0;
  std::list<Held> held_;
};

}  // namespace fleetmeter::sim
