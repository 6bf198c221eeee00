#include "store/span_check.hpp"

#include <limits>
#include <map>
#include <optional>

#include "fleetmeter/text.hpp"
#include "store/query.hpp"
#include "store/seen.hpp"

namespace fleetmeter::store {

namespace {

using Kept = ask::ListAttributeSpans::Out;

/// What the observations of one process say.
class Observed {
 public:
  Observed(std::int64_t process_key, Query<ask::ListSayingsOf>& sayings) {
    for (const auto& row : sayings.rows(
             {.process_key = process_key, .known_seq = std::numeric_limits<std::int64_t>::max()})) {
      const Standing at{row.observed_at_ms, row.snapshot_seq, row.restatement};
      const auto [seen, is_new] = seen_.try_emplace(row.attribute_no, at);
      seen->second.include(at);
      if (is_new) {
        first_said_[row.attribute_no] = row.snapshot_seq;  // rows come as they became known
      }
      latest_ = std::max(latest_.value_or(at), at);
    }
  }

  /// What differs; empty: nothing.
  [[nodiscard]] std::string difference(const Kept& kept) const {
    const auto seen = seen_.find(kept.attribute_no);
    if (seen == seen_.end()) {
      return "no observation has them";
    }
    const Standing& last = seen->second.last;
    std::string text;
    compare("snapshot_seq", kept.snapshot_seq, first_said_.at(kept.attribute_no), text);
    compare("first_seen_before_ms", kept.first_seen_before_ms,
            kept.said_at_ms - seen->second.first.observed_at_ms, text);
    compare("last_seen_ms", kept.last_seen_ms, last.observed_at_ms, text);
    compare("last_snapshot_seq", kept.last_snapshot_seq, last.snapshot_seq, text);
    compare("last_restatement", kept.last_restatement, last.restatement, text);
    compare("the process's latest_snapshot_seq", kept.latest_snapshot_seq.value_or(0),
            latest_->snapshot_seq, text);
    compare("the process's latest_restatement", kept.latest_restatement.value_or(0),
            latest_->restatement, text);
    return text;
  }

 private:
  /// Says the first difference.
  static void compare(const char* name, std::int64_t kept, std::int64_t observed,
                      std::string& text) {
    if (text.empty() && kept != observed) {
      text = std::string(name) + " is " + std::to_string(kept) + ", the observations say " +
             std::to_string(observed);
    }
  }

  std::map<std::int64_t, Seen> seen_;  ///< by attribute_no
  std::map<std::int64_t, std::int64_t> first_said_;
  std::optional<Standing> latest_;
};

}  // namespace

Checked check_spans(SQLite::Database& db) {
  Checked checked;
  Query<ask::ListSayingsOf> sayings(db);
  Query<ask::ListAttributeSpans> spans(db);
  std::optional<std::int64_t> process_key;
  std::optional<Observed> observed;
  for (const Kept& kept : spans.rows()) {
    if (process_key != kept.process_key) {
      process_key = kept.process_key;
      observed.emplace(kept.process_key, sayings);
    }
    checked.count += 1;
    if (const std::string text = observed->difference(kept);
        !text.empty() && checked.first.empty()) {
      checked.first = "process " + printable(kept.process_id) + ", attributes " +
                      std::to_string(kept.attribute_no) + ": " + text;
    }
  }
  return checked;
}

Checked check_room_spans(SQLite::Database& db) {
  Checked checked;
  Query<ask::ListRoomSpans> spans(db);
  for (const auto& row : spans.rows()) {
    checked.count += 1;
    const bool holds =
        row.first_snapshot_seq == row.said_first_seq && row.last_snapshot_seq == row.said_last_seq;
    if (!holds && checked.first.empty()) {
      const auto span = [](std::int64_t first, std::int64_t last) {
        return "snapshots " + std::to_string(first) + " to " + std::to_string(last);
      };
      checked.first = "room " + printable(row.room_id) + ", fact " +
                      std::to_string(row.room_fact_no) + ": kept to be said by " +
                      span(row.first_snapshot_seq, row.last_snapshot_seq) + ", " +
                      (row.said_first_seq && row.said_last_seq
                           ? "it was by " + span(*row.said_first_seq, *row.said_last_seq)
                           : "and nothing says it");
    }
  }
  return checked;
}

}  // namespace fleetmeter::store
