#include "ask/process_curve.hpp"

#include <algorithm>
#include <utility>

#include "meter/life.hpp"

namespace fleetmeter::ask {

ProcessCurve::ProcessCurve(store::Reader& reader, const store::RolledProcess& process,
                           const meter::Belief& belief)
    : reader_(&reader),
      facts_(process.facts),
      belief_(belief),
      track_(process.track ? &*process.track : nullptr) {}

ProcessCurve::ProcessCurve(store::Reader& reader, const model::ProcessFacts& facts,
                           const meter::Belief& belief)
    : reader_(&reader), facts_(facts), belief_(belief) {
  curve_.emplace(reader.readings().of(facts.process_key), facts.life, belief);
}

ProcessCurve::ProcessCurve(std::vector<model::Reading> readings, const model::ProcessFacts& facts,
                           const meter::Belief& belief)
    : facts_(facts), belief_(belief) {
  curve_.emplace(std::move(readings), facts.life, belief);
}

bool ProcessCurve::metered() const {
  return track_ != nullptr || (curve_ && curve_->metered());
}

const meter::EgressCurve& ProcessCurve::curve() {
  if (!curve_) {
    curve_.emplace(reader_->readings().of(facts_.process_key), facts_.life, belief_);
  }
  return *curve_;
}

std::int64_t ProcessCurve::last_ms() const {
  return track_ != nullptr ? track_->last_ms : curve_->anchors().back().at_ms;
}

Bounded<std::int64_t> ProcessCurve::at(std::int64_t at_ms) {
  if (track_ != nullptr && (!track_->rise_ms || at_ms <= *track_->rise_ms)) {
    return {};
  }
  if (track_ != nullptr && at_ms >= track_->last_ms) {
    return {track_->bytes, track_->bytes, track_->bytes};
  }
  return track_ != nullptr && track_->plain ? plainly_at(at_ms) : curve().at(at_ms);
}

/// The instant lies before the last anchor, and so before the process's end. That late readings
/// count as made at the end moves none of them across the instant.
Bounded<std::int64_t> ProcessCurve::plainly_at(std::int64_t at_ms) {
  if (looked_up_ms_ != at_ms) {
    const meter::EgressStart start =
        meter::egress_start(facts_.life, track_->first_reading_ms, belief_.max_lifespan_ms);
    meter::Neighbours anchors = reader_->readings().around(facts_.process_key, at_ms);
    if (anchors.after && start.end_ms) {
      anchors.after->at_ms = std::min(anchors.after->at_ms, *start.end_ms);
    }
    looked_up_ = meter::values_at(at_ms, anchors, start);
    looked_up_ms_ = at_ms;
  }
  return looked_up_;
}

meter::EgressBytes ProcessCurve::in(const meter::Window& window) {
  const Bounded<std::int64_t> from = at(window.from_ms);
  const Bounded<std::int64_t> to = at(window.to_ms);
  const bool open_ended =
      track_ != nullptr ? meter::is_open_ended(*track_, facts_.life) : curve_->open_ended();
  return {{to.point - from.point, std::max<std::int64_t>(0, to.lo - from.hi), to.hi - from.lo},
          open_ended && window.to_ms > last_ms() &&
              window.from_ms < meter::death_bound(facts_.life, belief_)};
}

std::int64_t ProcessCurve::quiet_before_ms() const {
  if (track_ == nullptr) {
    return curve_->quiet_before_ms();
  }
  return track_->rise_ms.value_or(track_->last_ms);
}

std::int64_t ProcessCurve::quiet_from_ms() const {
  if (track_ == nullptr) {
    return curve_->quiet_from_ms();
  }
  return meter::is_open_ended(*track_, facts_.life)
             ? std::max(track_->last_ms, meter::death_bound(facts_.life, belief_))
             : track_->last_ms;
}

}  // namespace fleetmeter::ask
