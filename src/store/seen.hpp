#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace fleetmeter::store {

/// Where an observation stands: by the time it speaks of, then by when it came, then by its place
/// among the things one document said of one object.
struct Standing {
  std::int64_t observed_at_ms = 0;
  std::int64_t snapshot_seq = 0;
  std::int64_t restatement = 0;

  friend bool operator<(const Standing& a, const Standing& b) {
    return std::tie(a.observed_at_ms, a.snapshot_seq, a.restatement) <
           std::tie(b.observed_at_ms, b.snapshot_seq, b.restatement);
  }
};

/// The span of the observations that said one thing.
struct Seen {
  std::int64_t first_seen_ms = 0;
  Standing last;

  explicit Seen(const Standing& at) : first_seen_ms(at.observed_at_ms), last(at) {}
  Seen(std::int64_t first_ms, const Standing& at) : first_seen_ms(first_ms), last(at) {}

  /// True when the span grew.
  bool include(const Standing& at) {
    const bool grew = at.observed_at_ms < first_seen_ms || last < at;
    first_seen_ms = std::min(first_seen_ms, at.observed_at_ms);
    last = std::max(last, at);
    return grew;
  }
};

/// A row of history in memory: what was said, when, and how much of that the store has.
template <class Content>
struct Remembered {
  enum class Stored { no, span_grew, yes };

  std::int64_t no = 0;
  std::int64_t said_first_seq = 0;
  Content content;
  Seen seen;
  Stored stored = Stored::no;

  void see(const Standing& at) {
    if (seen.include(at) && stored == Stored::yes) {
      stored = Stored::span_grew;
    }
  }
};

}  // namespace fleetmeter::store
