#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "store/absence_reader.hpp"
#include "store/list_writer.hpp"
#include "store/process_memory.hpp"
#include "store/query.hpp"
#include "store/rollup_reader.hpp"

namespace fleetmeter::store {

/// Keeps what is known of processes true to the running lists of a store, while documents come in:
/// which list is the first that ought to hold a process and does not.
///
/// A process that a group of documents speaks of is asked for by itself. Of the others, new lists
/// concern few: those without an end, and, when a list comes late, those that a later list was
/// taken to prove gone.
class AbsenceWriter {
 public:
  explicit AbsenceWriter(SQLite::Database& db);

  /// Takes in the lists of a group. They count from now on.
  void take(ListWriter& lists);

  /// When the first list was true that proves a process gone; notes one that moves about.
  [[nodiscard]] model::Instant gone_ms(const ProcessMemory& process, const model::Life& life);

  /// Calls `use` for the processes of which the new lists say something else than is known, with
  /// what is to be known from now on. `is_asked_anyhow` tells those that are left out.
  void each_affected(const std::function<bool(std::int64_t process_key)>& is_asked_anyhow,
                     const std::function<void(const RolledProcess&, model::Instant gone_ms)>& use);

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

 private:
  using Use = std::function<void(const RolledProcess&)>;
  void each_unended(const ListScope& scope, std::int64_t started_after_ms, const Use& use);
  void each_gone_after(const ListWriter::NewList& late, const Use& use);
  void each_gone_elsewhere(bool lists_hold_several, const Use& use);
  [[nodiscard]] bool is_late(const ListWriter::NewList& one);
  [[nodiscard]] std::vector<Place> places_of(const RolledProcess& process);
  [[nodiscard]] model::Instant covered_since(const ListWriter::NewList& one);

  AbsenceReader absence_;
  Query<ask::HasLists> has_lists_query_;
  Query<ingest::LastList> last_list_;
  Query<ingest::ListBefore> list_before_;
  Query<ingest::ListUnended> unended_;
  Query<ingest::ListUnendedOfApp> unended_of_app_;
  Query<ingest::ListGoneBetween> gone_between_;
  Query<ingest::ListGoneAhead> gone_ahead_;
  Query<ingest::ListGoneRoaming> gone_roaming_;
  Query<ingest::AddRoamingProcess> add_roaming_;
  Query<ask::IsRoaming> is_roaming_;
  Query<ask::ListPlacesOfProcess> places_of_process_;
  std::optional<bool> has_lists_;
  std::vector<ListWriter::NewList> new_lists_;
  /// When the last list before this group was true, of the scopes that its lists speak for.
  std::map<ListScope, model::Instant> last_before_;
};

}  // namespace fleetmeter::store
