#include "store/observations.hpp"

#include <algorithm>

namespace fleetmeter::store {

namespace {

/// The element with a number, of some in the order of their numbers; null when there is none. They
/// nearly always count up by one, so that the first number tells where it stands.
template <class Row, class Number>
const Row* find(const std::vector<Row>& rows, std::int64_t number, const Number& number_of) {
  if (rows.empty()) {
    return nullptr;
  }
  const auto guess =
      static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(number_of(rows.front()));
  if (guess < rows.size() && number_of(rows[guess]) == number) {
    return &rows[guess];
  }
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), number,
      [&](const Row& row, std::int64_t sought) { return number_of(row) < sought; });
  return found != rows.end() && number_of(*found) == number ? &*found : nullptr;
}

}  // namespace

Observations::Observations(SQLite::Database& db) : db_(db), attributes_(db) {
  Query<ask::ListSnapshotTimes> times(db);
  for (const auto& row : times.rows()) {
    times_.push_back(row);
  }
}

void Observations::each(std::int64_t known_seq,
                        const std::function<void(const Observation&)>& use) {
  Query<ask::ListObservations> observations(db_);
  Observation one;
  bool any = false;
  for (const auto& row : observations.rows({.known_seq = known_seq})) {
    if (!any || one.process_key != row.process_key) {
      any = true;
      one.process_key = row.process_key;
      load_told(row.process_key);
    }
    const model::Instant observed_at_ms = time_of(row.snapshot_seq);
    one.told = told(row.attribute_no);
    if (observed_at_ms && one.told != nullptr) {
      one.observed_at_ms = *observed_at_ms;
      one.snapshot_seq = row.snapshot_seq;
      one.restatement = row.restatement;
      use(one);
    }
  }
}

model::Instant Observations::time_of(std::int64_t snapshot_seq) const {
  const auto* const found =
      find(times_, snapshot_seq, [](const auto& row) { return row.snapshot_seq; });
  return found == nullptr ? model::Instant() : model::Instant(found->observed_at_ms);
}

void Observations::load_told(std::int64_t process_key) {
  told_.clear();
  for (const auto& row : attributes_.rows({.process_key = process_key})) {
    told_.push_back(row);
  }
}

const Observation::Told* Observations::told(std::int64_t attribute_no) const {
  return find(told_, attribute_no, [](const auto& row) { return row.attribute_no; });
}

}  // namespace fleetmeter::store
