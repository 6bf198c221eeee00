#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <unordered_map>

#include "store/statement.hpp"

namespace fleetmeter::store {

/// Documents that earlier runs rejected, by source and place: a poll that was read while it was
/// being written is whole the next time, and is then no loss.
class OpenRejects {
 public:
  explicit OpenRejects(SQLite::Database& db);

  /// Learns which there are. Those of the run that begins now are not among them.
  void begin_run();
  void begin_source(const std::string& path);

  /// Whether a document at this place of the source was rejected before.
  [[nodiscard]] bool holds(std::uint64_t offset) const {
    return of_source_ != nullptr && of_source_->contains(offset);
  }
  /// A good document stands there now.
  void make_good(std::uint64_t offset, std::int64_t snapshot_seq);

 private:
  using Places = std::unordered_multimap<std::uint64_t, std::int64_t>;  ///< offset → reject_key

  Statement list_;
  Statement make_good_;
  std::unordered_map<std::string, Places> by_path_;
  Places* of_source_ = nullptr;  ///< null when there are none
};

}  // namespace fleetmeter::store
