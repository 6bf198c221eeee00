#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "fleetmeter/error.hpp"
#include "meter/life.hpp"
#include "store/making.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Where the observations of a process were moved to.
using PrunedPlace = ask::FindPruned::Out;

/// An observation as it is in a file, or comes back from there.
using MovedObservation = ask::ListSaidOf::Out;

/// Where moved observations can be had again. `prune/` reads them from files.
class PrunedRows {
 public:
  virtual ~PrunedRows() = default;
  /// All of one process, in the order of the key. Throws when they cannot be had.
  [[nodiscard]] virtual std::vector<MovedObservation> of(const PrunedPlace& place) = 0;
};

/// What a column of table `observation` makes of a restatement and the number of attributes.
[[nodiscard]] std::int64_t restated_attribute_no(const MovedObservation& row);

/// Observations are needed that were moved to files.
class ObservationsPruned final : public Error {
 public:
  explicit ObservationsPruned(const std::string& message) : Error(ErrorKind::usage, message) {}
};

/// Stands before observations that may have been moved to files. Whoever needs those of a process
/// is told what to do, ObservationsPruned, or gets them from an archive. So no answer is short.
class Pruned {
 public:
  /// `archive`: where moved observations are had; null: nowhere. With one, `db` shows those that
  /// were brought beside those that are stored, and must go after use.
  Pruned(SQLite::Database& db, Queries& queries, PrunedRows* archive);

  /// How much was moved.
  [[nodiscard]] const ask::PrunedTotal::Out& total();
  /// No answer about this instant or a later one needs what was moved; absent: nothing was.
  [[nodiscard]] const model::Instant& before_ms();
  [[nodiscard]] bool holds(std::int64_t process_key);

  /// To be asked when no observation of a process was found. True when its observations were
  /// brought, so that it is worth looking again. Throws when they were moved and cannot be had.
  [[nodiscard]] bool brings(std::int64_t process_key);
  /// Likewise, when no counter of it was found.
  [[nodiscard]] bool brings_readings(std::int64_t process_key);

  /// To be asked before all observations are read. Throws when some were moved.
  void expect_all() { bring_all(""); }
  /// Likewise, before all are read for an answer about [from_ms, …) under a belief.
  void expect_for(std::int64_t from_ms, const meter::Belief& belief);
  /// Likewise, before those made in [from_ms, …) are read.
  void expect_since(std::int64_t from_ms);

 private:
  [[nodiscard]] std::optional<PrunedPlace> find(std::int64_t process_key);
  [[nodiscard]] bool brings(const PrunedPlace& place);
  /// `or_else`: what to do instead of putting them back, if that helps.
  void bring_all(const char* or_else);

  SQLite::Database& db_;
  Queries& queries_;
  PrunedRows* archive_;
  std::optional<Making> making_;
  std::optional<ask::PrunedTotal::Out> total_;
  std::set<std::int64_t> brought_;
};

}  // namespace fleetmeter::store
