#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace fleetmeter::store {

/// The place of an observation among all that were made of one process or room. The later one in
/// this order is the newer one: it decides what the process or room is now.
struct Standing {
  std::int64_t observed_at_ms = 0;  ///< decides first: the instant that it speaks of
  std::int64_t snapshot_seq = 0;    ///< then the order in which documents became known
  std::int64_t restatement = 0;     ///< then its number within one document, from 0

  friend bool operator<(const Standing& a, const Standing& b) {
    return std::tie(a.observed_at_ms, a.snapshot_seq, a.restatement) <
           std::tie(b.observed_at_ms, b.snapshot_seq, b.restatement);
  }
};

/// The first and the last of the observations that said one and the same thing.
struct Seen {
  Standing first;
  Standing last;

  explicit Seen(const Standing& at) : first(at), last(at) {}
  Seen(const Standing& from, const Standing& to) : first(from), last(to) {}

  /// Takes in one more observation. True when it is before the first or after the last.
  bool include(const Standing& at) {
    const bool grew = at < first || last < at;
    first = std::min(first, at);
    last = std::max(last, at);
    return grew;
  }
};

/// A row of a history in memory: what was said, when it was said, and how much of that the store
/// has already. The content of a row never changes; only its span grows.
template <class Content>
struct Remembered {
  enum class Stored {
    no,
    span_grew,  ///< the row is there, with a span that is out of date
    yes,
  };

  std::int64_t no = 0;  ///< within the process or room, from 0
  Standing said_first;  ///< the one that became known first, which may be later than seen.first
  Content content;
  Seen seen;
  Stored stored = Stored::no;

  /// The same was said once more.
  void see(const Standing& at) {
    if (seen.include(at) && stored == Stored::yes) {
      stored = Stored::span_grew;
    }
  }
};

}  // namespace fleetmeter::store
