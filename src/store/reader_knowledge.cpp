// The part of the reader that is about what counts.

#include <algorithm>

#include "base/invariant.hpp"
#include "store/connection.hpp"
#include "store/known_tables.hpp"
#include "store/reader.hpp"

namespace fleetmeter::store {

std::int64_t newest_snapshot_by(SQLite::Database& db, std::int64_t at_ms) {
  const auto row = Query<ask::KnownBy>(db).first({.at_ms = at_ms});
  return row ? row->snapshot_seq : 0;
}

std::optional<std::int64_t> Reader::known_seq() const {
  return knows_all_ ? std::nullopt : std::optional(known_seq_);
}

std::int64_t Reader::newest_snapshot() {
  const auto last = queries_.of<ask::LastKnown>().first().value().snapshot_seq;
  return std::min(last.value_or(0), known_seq_);
}

std::map<std::int64_t, std::int64_t> Reader::told_again() {
  std::map<std::int64_t, std::int64_t> first;
  Query<ask::ListToldAgain> again(db_);
  for (const auto& row : again.rows({.known_seq = known_seq_})) {
    first.emplace(row.snapshot_seq, row.first_snapshot_seq);
  }
  return first;
}

const Hindsight& Reader::hindsight() {
  if (!hindsight_) {
    hindsight_.emplace(queries_, known_seq_);
  }
  return *hindsight_;
}

void Reader::put_instead(Instead instead) {
  base::check(knows_all_, "what stands instead does so by now, or it would be of another state");
  std::vector<std::int64_t> process_keys;
  for (const auto& [process_key, facts] : instead) {
    process_keys.push_back(process_key);
  }
  hindsight_.emplace(queries_, std::move(process_keys));
  instead_ = std::move(instead);
}

std::optional<model::ProcessFacts> Reader::facts_in_hindsight(std::int64_t process_key) {
  if (!instead_) {
    return facts_from_observations(process_key);
  }
  const auto found = instead_->find(process_key);
  return found == instead_->end() ? std::nullopt : found->second;
}

Reader& Reader::present() {
  if (knows_all_) {
    return *this;
  }
  if (!present_) {
    present_ = std::make_unique<Reader>(db_, std::nullopt, absence_);
    present_->pruned_ = pruned_;
  }
  return *present_;
}

SQLite::Database& Reader::as_known() {
  if (hindsight().knows_all()) {
    return db_;
  }
  if (!as_known_) {
    as_known_ = open_store(db_.getFilename(), Access::read);
    show_as_known(*as_known_, known_seq_, {"place", "process", "room_fact"}, [] {});
  }
  return *as_known_;
}

/// How long a room was on a process that listed it without an allocation, only observations tell.
RoomStays Reader::room_stays(const meter::Window& window, const meter::Belief& belief) {
  if (pruned_->before_ms()) {
    const auto lister = queries_.of<ask::FindPrunedLister>().first(
        {.from_ms = std::min(window.from_ms, belief.as_of_ms - belief.grace_ms),
         .to_ms = window.to_ms});
    if (lister) {
      static_cast<void>(pruned_->brings(lister->process_key));
    }
  }
  return RoomStays(as_known());
}

StoreSpan Reader::span() {
  if (knows_all_) {
    const auto row = queries_.of<ask::StoreSpan>().first().value();
    return {row.earliest_ms, row.latest_ms};
  }
  const auto latest = queries_.of<ask::KnownLatest>().first({.known_seq = known_seq_});
  return latest ? StoreSpan{known_earliest(), latest->observed_at_ms} : StoreSpan{};
}

/// Nearly always the earliest time that is known by now was known then, and is found at once.
model::Instant Reader::known_earliest() {
  const model::Instant by_now = present().span().earliest_ms;
  const bool is_said = by_now && queries_.of<ask::KnownToReach>()
                                         .first({.known_seq = known_seq_, .at_ms = *by_now})
                                         .value()
                                         .is_said != 0;
  return is_said ? by_now
                 : queries_.of<ask::KnownEarliest>()
                       .first({.known_seq = known_seq_})
                       .value()
                       .earliest_ms;
}

Knowledge Reader::knowledge(std::int64_t from_ms, std::int64_t to_ms) {
  Knowledge known;
  base::Sha256Stream all;
  Query<ask::ListSnapshotDigests> digests(db_);
  for (const auto& row :
       digests.rows({.from_ms = from_ms, .to_ms = to_ms, .known_seq = known_seq_})) {
    known.snapshots += 1;
    all.update(std::to_string(row.observed_at_ms) + ' ');
    all.update(row.sha256);
  }
  known.digest = base::to_hex(base::as_bytes(all.finish()));
  return known;
}

}  // namespace fleetmeter::store
