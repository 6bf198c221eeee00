#include "store/pruned.hpp"

#include <string>

#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "rollup/account.hpp"
#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

std::string what_to_do() {
  return "; " + spelled(Term::archive) + " reads them there, " + spelled(Term::restore_pruned) +
         " puts them back";
}

/// What to say to somebody who needs the observations of one process.
ObservationsPruned missing(const PrunedPlace& place) {
  return ObservationsPruned(
      "process " + printable(place.process_id) + ": its observations were pruned before " +
      base::format_utc(place.before_ms) + ", into " + base::to_hex(place.sha256) +
      ".parquet, and this needs them" + what_to_do());
}

}  // namespace

std::int64_t restated_attribute_no(const MovedObservation& row) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(row.restatement) << 32U) |
         row.attribute_no;
}

Pruned::Pruned(SQLite::Database& db, Queries& queries, PrunedRows* archive)
    : db_(db), queries_(queries), archive_(archive) {
  if (archive_ != nullptr) {
    making_.emplace(db_);  // as long as this lives: processes are brought while others are listed
    db_.exec(std::string(known::bring_observations.text));
    db_.exec(std::string(known::see_brought_observations.text));
  }
}

const ask::PrunedTotal::Out& Pruned::total() {
  if (!total_) {
    total_ = queries_.of<ask::PrunedTotal>().first().value();
  }
  return *total_;
}

const model::Instant& Pruned::before_ms() {
  return total().before_ms;
}

std::optional<PrunedPlace> Pruned::find(std::int64_t process_key) {
  return before_ms() ? queries_.of<ask::FindPruned>().first({.process_key = process_key})
                     : std::nullopt;
}

bool Pruned::holds(std::int64_t process_key) {
  return find(process_key).has_value();
}

bool Pruned::brings(const PrunedPlace& place) {
  if (brought_.contains(place.process_key)) {
    return false;
  }
  if (archive_ == nullptr) {
    throw missing(place);
  }
  Query<known::AddBroughtObservation> add(db_);
  for (const MovedObservation& row : archive_->of(place)) {
    add.run({.process_key = place.process_key,
             .snapshot_seq = row.snapshot_seq,
             .restated_attribute_no = restated_attribute_no(row),
             .egressed_bytes = row.egressed_bytes,
             .activity_no = row.activity_no});
  }
  brought_.insert(place.process_key);
  return true;
}

bool Pruned::brings(std::int64_t process_key) {
  const auto place = find(process_key);
  return place && brings(*place);
}

bool Pruned::brings_readings(std::int64_t process_key) {
  const auto place = find(process_key);
  return place && place->is_metered != 0 && brings(*place);
}

void Pruned::bring_all(const char* or_else) {
  if (!before_ms()) {
    return;
  }
  if (archive_ == nullptr) {
    const std::int64_t processes = total().processes;
    throw ObservationsPruned("observations of " + std::to_string(processes) +
                             (processes == 1 ? " process" : " processes") + " were pruned before " +
                             base::format_utc(*before_ms()) + ", and this needs all of them; " +
                             or_else + spelled(Term::restore_pruned) + " puts them back");
  }
  std::vector<std::int64_t> process_keys;
  for (const auto& row : queries_.of<ask::ListPrunedProcesses>().rows()) {
    process_keys.push_back(row.process_key);
  }
  for (const std::int64_t process_key : process_keys) {
    static_cast<void>(brings(process_key));
  }
}

/// A process without an end is believed to live its longest life, or to run while it was seen
/// within the grace. What was moved was over an hour before; it is when neither is believed to be
/// longer than usual.
void Pruned::expect_for(std::int64_t from_ms, const meter::Belief& belief) {
  const model::Instant& before = before_ms();
  if (before && (belief.max_lifespan_ms > rollup::kMaxLifespan_ms ||
                 belief.as_of_ms - belief.grace_ms < *before - rollup::kHour_ms)) {
    expect_all();
  } else {
    expect_since(from_ms);
  }
}

void Pruned::expect_since(std::int64_t from_ms) {
  if (before_ms() && from_ms < *before_ms()) {
    bring_all("ask from then on, or ");
  }
}

}  // namespace fleetmeter::store
