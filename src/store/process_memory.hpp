#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "meter/egress_track.hpp"
#include "model/life.hpp"
#include "normalise/rows.hpp"
#include "store/seen.hpp"

namespace fleetmeter::store {

/// What is remembered of one process while documents come in.
struct ProcessMemory {
  using AttributeRow = Remembered<normalise::Attributes>;
  using ActivityRow = Remembered<normalise::Activity>;

  normalise::Key process_key = 0;
  std::optional<std::int64_t> first_seen_ms;  ///< absent while only rooms have named it
  Standing latest;
  std::int64_t latest_attribute_no = 0;
  std::int64_t latest_activity_no = 0;
  std::vector<AttributeRow> attributes;                 ///< all of them
  std::vector<std::vector<normalise::Port>> port_sets;  ///< all of them; 0 is the empty one
  std::size_t port_sets_stored = 1;
  std::vector<ActivityRow> activities;  ///< the newest, and those asked for
  std::int64_t next_activity_no = 0;
  std::uint64_t touched_in_group = 0;
  bool dirty = false;
  std::optional<model::ProcessFacts> rolled_up;  ///< as the rollups know it; absent: they do not
  std::optional<meter::EgressTrack> track;       ///< likewise
  bool track_is_loaded = true;

  // two API versions may be polled in turn
  static constexpr std::int64_t kActivitiesAsked = 2;

  [[nodiscard]] bool observed() const { return first_seen_ms.has_value(); }

  /// What is known of it now; it has been observed.
  [[nodiscard]] model::ProcessFacts facts() const;
  [[nodiscard]] std::int64_t port_set_of(const std::vector<normalise::Port>& ports);
  [[nodiscard]] std::int64_t attribute_of(const normalise::Attributes& said, const Standing& at);
  [[nodiscard]] std::int64_t activity_of(normalise::Activity&& said, const Standing& at);
  [[nodiscard]] ActivityRow* find_activity(std::int64_t activity_no);

  /// Whether an observation with these parts would say what the one numbered so said.
  [[nodiscard]] bool says(const normalise::Attributes& attributes, std::int64_t attribute_no,
                          const normalise::Activity& activity, std::int64_t activity_no);

  /// The last one said of a timestamp: of the rows that have it, the one seen last.
  [[nodiscard]] model::Instant last_said(model::Instant normalise::Attributes::*field) const;

  /// Takes an observation into the summary.
  void observe(const Standing& at, std::int64_t attribute_no, std::int64_t activity_no);
};

}  // namespace fleetmeter::store
