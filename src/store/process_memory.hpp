#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "meter/egress_track.hpp"
#include "model/life.hpp"
#include "normalise/rows.hpp"
#include "rollup/account.hpp"
#include "store/instant_memory.hpp"
#include "store/seen.hpp"

namespace fleetmeter::store {

/// An observation that has no row yet. The process it is of is the one that holds it.
struct PendingObservation {
  std::int64_t observed_at_ms = 0;
  std::int64_t snapshot_seq = 0;
  std::int64_t restatement = 0;
  std::optional<std::int64_t> egressed_bytes;
  std::int64_t attribute_no = 0;
  std::int64_t activity_no = 0;
};

/// What is remembered of one process while documents come in: its summary, the sets of attributes,
/// ports and activity that were said of it, and what of all that is not written yet.
struct ProcessMemory {
  using AttributeRow = Remembered<normalise::Attributes>;
  struct ActivityRow {
    std::int64_t no = 0;
    normalise::Activity content;
    std::optional<std::int64_t> room_set_no;  ///< of its list of rooms; 0 is the empty list
    bool has_new_list = false;                ///< the list has no rows yet
    bool is_stored = false;
  };
  /// The newest record. While one snapshot after another repeats it, its rows need not be looked
  /// for. How long it lasted is told to the history once: when another record ends it, or when the
  /// group is written.
  struct Repeat {
    std::shared_ptr<const model::ProcessRecord> record;  ///< null when there is none
    std::int64_t attribute_no = 0;
    std::int64_t activity_no = 0;
    std::size_t place_no = 0;  ///< of its app and region
    bool is_untold = false;    ///< the span up to `latest` is not in the history yet
  };

  std::string_view process_id;
  normalise::Key process_key = 0;
  bool is_stored = true;                      ///< it has a row
  bool is_pruned = false;                     ///< its observations were moved to a file
  std::optional<std::int64_t> first_seen_ms;  ///< absent while only rooms have named it
  Standing latest;
  std::int64_t named_seq = 0;    ///< of one that has no row: the snapshot that named it
  std::int64_t touched_seq = 0;  ///< the newest snapshot that observed it, in order of knowledge
  std::int64_t latest_attribute_no = 0;
  std::int64_t latest_activity_no = 0;
  std::vector<AttributeRow> attributes;                 ///< all of them
  std::vector<std::vector<normalise::Port>> port_sets;  ///< all of them; 0 is the empty one
  std::size_t port_sets_stored = 1;
  std::vector<ActivityRow> activities;  ///< the newest, and those that were looked for
  std::int64_t next_activity_no = 0;
  std::int64_t last_room_set_no = 0;
  std::vector<PendingObservation> pending;  ///< in the order of their key
  std::vector<rollup::KnownReading> fresh;  ///< they have rows, but the rollups do not know them
  Repeat repeat;
  /// What is known at the instant that late documents speak of; null when they do not.
  std::unique_ptr<InstantMemory> instant;
  /// The process whose observation came after its own in the last document: lists keep their order.
  ProcessMemory* follower = nullptr;
  std::uint64_t named_in_group = 0;
  bool dirty = false;                            ///< something of it is not written yet
  std::optional<model::ProcessFacts> rolled_up;  ///< as the rollups know it; absent: they do not
  std::optional<meter::EgressTrack> track;       ///< of its curve, as the rollups know it
  bool track_is_loaded = true;                   ///< `track` is what the store says

  /// How many of the newest activities a new one is compared with. Two, because two versions of
  /// the vendor's interface may be polled in turn.
  static constexpr std::int64_t kActivitiesAsked = 2;

  [[nodiscard]] bool observed() const { return first_seen_ms.has_value(); }

  /// Whether it was said to have ended: then little more will be said of it.
  [[nodiscard]] bool has_ended() const {
    return rolled_up && rolled_up->life.terminated_at_ms.has_value();
  }

  /// What is known of it now; it has been observed.
  [[nodiscard]] model::ProcessFacts facts() const;

  /// The number of a set of ports, of attributes seen at an instant, or of an activity. What was
  /// not said before gets a row.
  [[nodiscard]] std::int64_t port_set_of(const std::vector<normalise::Port>& ports);
  [[nodiscard]] std::int64_t attribute_of(const normalise::Attributes& said, const Standing& at);
  [[nodiscard]] std::int64_t activity_of(normalise::Activity&& said);
  void number_list(ActivityRow& row);
  /// An activity that is in memory; null when it is not.
  [[nodiscard]] ActivityRow* find_activity(std::int64_t activity_no);

  /// The last one said of a timestamp: of the rows that have it, the one seen last.
  [[nodiscard]] model::Instant last_said(model::Instant normalise::Attributes::*field) const;

  /// Sets the columns of table process that sum up its history; NULL while it was not observed.
  template <class Row>
  void put_summary(Row& row) const;

  /// Takes an observation into the summary.
  void observe(const Standing& at, std::int64_t attribute_no, std::int64_t activity_no);
};

template <class Row>
void ProcessMemory::put_summary(Row& row) const {
  using normalise::Attributes;
  row.process_key = process_key;
  if (observed()) {
    row.first_seen_ms = first_seen_ms;
    row.last_seen_ms = latest.observed_at_ms;
    row.latest_snapshot_seq = latest.snapshot_seq;
    row.latest_restatement = latest.restatement;
    row.latest_attribute_no = latest_attribute_no;
    row.latest_activity_no = latest_activity_no;
    row.starting_at_ms = last_said(&Attributes::starting_at_ms);
    row.scheduled_at_ms = last_said(&Attributes::scheduled_at_ms);
    row.booted_at_ms = last_said(&Attributes::booted_at_ms);
    row.started_at_ms = last_said(&Attributes::started_at_ms);
    row.stopping_at_ms = last_said(&Attributes::stopping_at_ms);
    row.terminated_at_ms = last_said(&Attributes::terminated_at_ms);
    row.touched_seq = touched_seq;
    row.gone_ms = rolled_up ? rolled_up->life.gone_ms : std::nullopt;
  }
}

}  // namespace fleetmeter::store
