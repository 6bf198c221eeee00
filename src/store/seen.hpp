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
  Standing first;
  Standing last;

  explicit Seen(const Standing& at) : first(at), last(at) {}
  Seen(const Standing& from, const Standing& to) : first(from), last(to) {}

  /// True when the span grew.
  bool include(const Standing& at) {
    const bool grew = at < first || last < at;
    first = std::min(first, at);
    last = std::max(last, at);
    return grew;
  }
};

/// A row of history in memory: what was said, when, and how much of that the store has.
template <class Content>
struct Remembered {
  enum class Stored { no, span_grew, yes };

  std::int64_t no = 0;
  Standing said_first;  ///< by when it came
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
