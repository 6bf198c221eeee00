#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "model/document.hpp"
#include "model/rejected_places.hpp"
#include "store/control_sums.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Documents that earlier runs rejected, by source and place: a poll that was read while it was
/// being written is whole the next time, and is then no loss. And documents of which records were
/// refused while observations were pruned: when these are back, they are taken up again.
class OpenRejects {
 public:
  OpenRejects(SQLite::Database& db, ControlSums& sums);

  /// Learns which there are. Those of the run that begins now are not among them.
  void begin_run();

  /// Those of one source, unchanged until the next run begins; null when there are none.
  [[nodiscard]] const model::RejectedPlaces* of(const std::string& path) const;

  /// A good document stands at this place of the source now.
  void make_good(const std::string& path, std::uint64_t offset, std::int64_t snapshot_seq);

  /// Whether records of a stored document were refused that would be taken in by now.
  [[nodiscard]] bool awaits(const model::DocumentHead& head) { return refused(head).has_value(); }

  /// They were, in this snapshot.
  void take_up(const model::DocumentHead& head, std::int64_t snapshot_seq);

 private:
  struct OfSource {
    model::RejectedPlaces places;
    std::unordered_multimap<std::uint64_t, std::int64_t> keys;  ///< offset → reject_key
  };

  [[nodiscard]] std::optional<std::int64_t> refused(const model::DocumentHead& head);

  Query<ingest::ListOpenRejects> list_;
  Query<ingest::FindRefused> find_refused_;
  Query<ingest::AddMadeGood> add_;
  ControlSum& made_good_;
  std::unordered_map<std::string, OfSource> by_path_;
};

}  // namespace fleetmeter::store
