#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/sha256.hpp"
#include "fleetmeter/absence.hpp"
#include "model/life.hpp"
#include "store/absence_reader.hpp"
#include "store/expected_reads.hpp"
#include "store/hindsight.hpp"
#include "store/key_texts.hpp"
#include "store/observations.hpp"
#include "store/polls.hpp"
#include "store/pruned.hpp"
#include "store/query.hpp"
#include "store/readings.hpp"
#include "store/rollup_reader.hpp"
#include "store/room_stays.hpp"
#include "store/suspects.hpp"

namespace fleetmeter::store {

/// The times a store speaks of; both absent when it is empty.
struct StoreSpan {
  model::Instant earliest_ms;
  model::Instant latest_observed_ms;
};

/// The documents of a span of time: how many, and one digest of all, whatever the order in which
/// they became known.
struct Knowledge {
  std::int64_t snapshots = 0;
  std::string digest;  ///< hexadecimal
};

/// One observation with the document it stands in: a row of queries/ask/evidence.sql.
using Evidence = ask::Evidence::Out;
/// Of one observation: when and by which snapshot, and the times of the life that it says.
using SaidTimes = ask::ListSaidTimes::Out;

/// The facts that the observations of one process add up to; `evidence` in its order, not empty.
[[nodiscard]] model::ProcessFacts facts_of(std::int64_t process_key,
                                           const std::vector<Evidence>& evidence);

/// The facts of a process as its summary has them.
[[nodiscard]] model::ProcessFacts facts_of(const ask::ListLives::Out& life);

/// The newest snapshot of all that were stored by an instant of the wall clock; 0 when none was. A
/// file counts from when its first document was stored.
[[nodiscard]] std::int64_t newest_snapshot_by(SQLite::Database& db, std::int64_t at_ms);

/// Rows → facts about processes, for questions. Everything it reads is of one moment if the caller
/// holds a read transaction.
class Reader : public KeyTexts {
 public:
  /// Later snapshots than `known_seq` do not count; without it all do. `absence`: whether a list
  /// proves that a process is gone. `archive`: where observations are had that were moved to files;
  /// null: nowhere, so whoever needs one is told, Error(usage).
  Reader(SQLite::Database& db, std::optional<std::int64_t> known_seq,
         Absence absence = Absence::trust, PrunedRows* archive = nullptr);

  /// The newest snapshot that counts; absent when all do.
  [[nodiscard]] std::optional<std::int64_t> known_seq() const;
  /// The newest snapshot of those that count; 0 in an empty store.
  [[nodiscard]] std::int64_t newest_snapshot();
  /// What became known after it.
  [[nodiscard]] const Hindsight& hindsight();
  /// Reads the same store with all that is known by now.
  [[nodiscard]] Reader& present();

  [[nodiscard]] StoreSpan span();
  [[nodiscard]] Knowledge knowledge(std::int64_t from_ms, std::int64_t to_ms);
  /// What was wrong in the documents of [from_ms, to_ms).
  [[nodiscard]] std::int64_t rejects(std::int64_t from_ms, std::int64_t to_ms);

  /// What is kept beside the observations so that questions need not read them. It is of all that
  /// is known by now, whatever counts: see hindsight().
  [[nodiscard]] RollupReader& rollups();
  /// Whether some running list proves something; false when none is trusted.
  [[nodiscard]] bool has_lists();
  /// Whether summaries and rollups, which trust running lists, say what is asked for.
  [[nodiscard]] bool trusts_as_summed();
  /// The first list that proves gone a process that was seen in these places.
  [[nodiscard]] std::optional<ProvingList> first_without(const meter::Life& life,
                                                         std::span<const Place> places);
  /// The lists themselves, if any is trusted.
  [[nodiscard]] AbsenceReader& lists();
  /// Where to say what will be asked of them, and of readings(), before it is.
  [[nodiscard]] ExpectedReads& expected_reads() { return expected_reads_; }
  [[nodiscard]] Suspects suspects() { return Suspects(db_); }
  /// The stays of rooms on processes, and who had them, in a window that is asked about under a
  /// belief.
  [[nodiscard]] RoomStays room_stays(const meter::Window& window, const meter::Belief& belief);
  /// What of the observations was moved to files.
  [[nodiscard]] Pruned& pruned() { return *pruned_; }
  /// A connection that shows what counts, for what has no other way to tell it.
  [[nodiscard]] SQLite::Database& as_known();

  /// What is asked about: [from_ms, …) under a belief. Of a process that was over before, nothing
  /// is needed.
  struct Asked {
    std::int64_t from_ms;
    meter::Belief belief;
  };

  /// Calls `use` for every observed process, in the order of process_key: from the summaries, and
  /// the observations of those that were known otherwise, or (`scan`) from the observations alone.
  /// The facts are the same. A scan leaves out processes of which nothing is needed and all was
  /// moved to files.
  void each_process(bool scan, const Asked& asked,
                    const std::function<void(const model::ProcessFacts&)>& use);

  /// The same from the observations that are stored here, whatever was moved.
  void each_stored_process(const std::function<void(const model::ProcessFacts&)>& use);

  /// Calls `use` for every app, region and instant in [from_ms, to_ms], in this order: from the
  /// sightings, or (`scan`) from the observations alone.
  void each_poll(bool scan, std::int64_t from_ms, std::int64_t to_ms,
                 const std::function<void(const Poll&)>& use);

  /// Calls `use` for every app and region and every snapshot in [from_ms, to_ms] that saw a process
  /// there, in this order, then by when it became known.
  void each_sighting(bool scan, std::int64_t from_ms, std::int64_t to_ms,
                     const std::function<void(const Place&, const Sighted::Taken&)>& use);

  /// Of every snapshot whose document was stored before, the first of that document.
  [[nodiscard]] std::map<std::int64_t, std::int64_t> told_again();

  /// Every app and region in which a process was ever seen: from the list of places, or (`scan`, or
  /// when not everything counts) from the sightings or the observations.
  [[nodiscard]] std::vector<Place> places(bool scan);

  /// Calls `use` for every running list in [from_ms, to_ms] that proves something, and for the
  /// nearest one before and after, none of them later than `until_ms`: scope by scope, in time
  /// order. There is none when lists are not trusted.
  void each_list(std::int64_t from_ms, std::int64_t to_ms, std::int64_t until_ms,
                 const std::function<void(const ListScope&, const ProvingList&)>& use);

  /// Calls `use` for every observation, process by process in the order of each_process.
  void each_observation(const Asked& asked, const std::function<void(const Observation&)>& use);

  /// Calls `use` for every snapshot in [from_ms, to_ms], in time order, whatever it saw.
  void each_snapshot(std::int64_t from_ms, std::int64_t to_ms,
                     const std::function<void(std::int64_t observed_at_ms, bool capped)>& use);

  /// The instants up to `to_ms` at which some process was observed, in time order.
  [[nodiscard]] std::vector<std::int64_t> observed_until(std::int64_t to_ms);

  [[nodiscard]] Readings& readings();
  [[nodiscard]] std::vector<Evidence> evidence(std::int64_t process_key);
  [[nodiscard]] std::vector<SaidTimes> said_times(std::int64_t process_key);
  /// What observed a process first; absent when nothing did.
  [[nodiscard]] std::optional<ask::FirstSaid::Out> first_said(std::int64_t process_key);
  /// When a process was observed, in time order, and where, each place once.
  [[nodiscard]] std::vector<std::int64_t> instants_of(std::int64_t process_key);
  [[nodiscard]] std::vector<Place> places_of(std::int64_t process_key);
  /// The snapshots that hold a process, in their order; one that says several things of it may come
  /// several times.
  [[nodiscard]] std::vector<std::int64_t> snapshots_of(std::int64_t process_key);
  /// Where a document stands.
  [[nodiscard]] ask::SnapshotSource::Out source_of(std::int64_t snapshot_seq);
  /// A process as its observations tell of it; nothing if none of them counts.
  [[nodiscard]] std::optional<model::ProcessFacts> facts_from_observations(
      std::int64_t process_key);
  [[nodiscard]] std::optional<std::int64_t> process_key(const std::string& process_id);
  [[nodiscard]] std::string process_id(std::int64_t process_key) override;
  [[nodiscard]] const std::string& label(const std::optional<std::int64_t>& label_key) override;

  /// Of some processes, what other facts there are in place of those that the store has; nothing:
  /// they are not looked at here at all.
  using Instead = std::map<std::int64_t, std::optional<model::ProcessFacts>>;
  /// From now on, hindsight() is of these processes. To be asked of a reader that knows all.
  void put_instead(Instead instead);
  /// What counts of a process that hindsight() is of; nothing if nothing does.
  [[nodiscard]] std::optional<model::ProcessFacts> facts_in_hindsight(std::int64_t process_key);

 private:
  [[nodiscard]] bool store_has_lists();
  void each_summary(const std::function<void(const model::ProcessFacts&)>& use);
  void each_stored_observation(const std::function<void(const Observation&)>& use);
  template <class Q, class Use>
  void each_of_process(std::int64_t process_key, const Use& use);

  [[nodiscard]] model::Instant known_earliest();

  SQLite::Database& db_;
  std::int64_t known_seq_;
  bool knows_all_;
  Absence absence_;
  std::unique_ptr<Reader> present_;
  std::unique_ptr<SQLite::Database> as_known_;
  std::optional<bool> store_has_lists_;
  Queries queries_;
  std::shared_ptr<Pruned> pruned_;  ///< common with present()
  std::optional<Hindsight> hindsight_;
  std::optional<Instead> instead_;
  ExpectedReads expected_reads_;
  std::unordered_map<std::int64_t, std::string> labels_;
  std::unique_ptr<Readings> readings_;
  std::unique_ptr<RollupReader> rollups_;
  std::unique_ptr<AbsenceReader> lists_;
};

}  // namespace fleetmeter::store
