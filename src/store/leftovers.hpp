#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <optional>

#include "model/document.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

/// Records with something wrong: one record may have several rejects, which stand together.
[[nodiscard]] std::int64_t count_rejected(const model::DocumentPart& part);

/// Writes what documents hold that is not processes or rooms: rejects with their bytes, and vendor
/// objects that are set aside. Saying the same again adds nothing.
class Leftovers {
 public:
  /// `source_key` gives the key of the source being read; asked only when a row is written.
  Leftovers(SQLite::Database& db, std::function<std::int64_t()> source_key);

  /// The wall time that provenance is stamped with from now on.
  void stamp(std::int64_t now_ms) { now_ms_ = now_ms; }

  /// With the snapshot they stand in; without one, the document as a whole gave nothing.
  void write_rejects(const model::DocumentPart& part, std::optional<std::int64_t> snapshot_seq);
  void write_set_aside(const model::DocumentPart& part);

 private:
  [[nodiscard]] bool is_rejected(const model::DocumentHead& head);
  void write_reject(const model::Reject& reject, std::optional<std::int64_t> snapshot_seq);

  std::int64_t now_ms_ = 0;
  std::function<std::int64_t()> source_key_;
  Statement add_reject_;
  Statement find_rejected_;
  Statement find_set_aside_;
  Statement add_set_aside_;
};

}  // namespace fleetmeter::store
