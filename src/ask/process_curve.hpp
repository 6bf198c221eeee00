#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "meter/egress.hpp"
#include "meter/egress_track.hpp"
#include "model/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// The egress of one process, for questions. It reads observations only for instants at which the
/// rollups do not know the answer: those between the begin and the end of the process. If the
/// readings came in order, it reads only those around such an instant.
class ProcessCurve {
 public:
  /// `process` must outlive it.
  ProcessCurve(store::Reader& reader, const store::RolledProcess& process,
               const meter::Belief& belief);
  /// Makes the curve of a process from its observations alone.
  ProcessCurve(store::Reader& reader, const model::ProcessFacts& facts,
               const meter::Belief& belief);

  /// The same from readings that are at hand.
  ProcessCurve(std::vector<model::Reading> readings, const model::ProcessFacts& facts,
               const meter::Belief& belief);

  [[nodiscard]] bool metered() const;

  [[nodiscard]] Bounded<std::int64_t> at(std::int64_t at_ms);
  [[nodiscard]] meter::EgressBytes in(const meter::Window& window);

  /// Outside [quiet_before, quiet_from) no window has bytes, and the process is open in none.
  [[nodiscard]] std::int64_t quiet_before_ms() const;
  [[nodiscard]] std::int64_t quiet_from_ms() const;

 private:
  const meter::EgressCurve& curve();
  [[nodiscard]] Bounded<std::int64_t> plainly_at(std::int64_t at_ms);
  [[nodiscard]] std::int64_t last_ms() const;

  store::Reader* reader_ = nullptr;  ///< null: the curve is loaded
  const model::ProcessFacts& facts_;
  meter::Belief belief_;
  const meter::EgressTrack* track_ = nullptr;  ///< null: the curve is loaded, or there is none
  std::optional<meter::EgressCurve> curve_;
  std::optional<std::int64_t> looked_up_ms_;  ///< where one window ends the next one begins
  Bounded<std::int64_t> looked_up_;
};

}  // namespace fleetmeter::ask
