#include "ask/boundary_sums.hpp"

#include <cstdlib>
#include <functional>
#include <limits>
#include <utility>

#include "model/label_key.hpp"
#include "rollup/account.hpp"

namespace fleetmeter::ask {

namespace {

using rollup::Group;
using rollup::Level;
using rollup::Sum;

constexpr std::size_t kBoundariesAhead = 2;

void add_ramp(const std::optional<meter::Span>& span, std::int64_t at_ms, Sum count, Sum offset,
              TotalSums& out) {
  if (span && span->from_ms < at_ms) {
    out[count] += 1;
    out[offset] += span->from_ms;
  }
  if (span && span->to_ms < at_ms) {
    out[count] -= 1;
    out[offset] -= span->to_ms;
  }
}

void add_count(const std::optional<meter::Span>& span, std::int64_t at_ms, Sum begin, Sum end,
               TotalSums& out) {
  out[begin] += span && span->from_ms < at_ms ? 1 : 0;
  out[end] += span && span->to_ms <= at_ms ? 1 : 0;
}

void add_curve(const Bounded<std::int64_t>& values, Int128 times, TotalSums& out) {
  out[Sum::egress_bytes] += times * values.point;
  out[Sum::egress_bytes_lo] += times * values.lo;
  out[Sum::egress_bytes_hi] += times * values.hi;
}

/// What a contribution, apart from its curve, adds to the sums before an instant.
TotalSums sums_before(const meter::Contribution& contribution, std::int64_t at_ms, bool curves) {
  TotalSums out;
  if (curves) {
    add_count(contribution.sent, at_ms, Sum::sent_begin, Sum::sent_end, out);
    add_count(contribution.open, at_ms, Sum::open_begin, Sum::open_end, out);
    add_count(contribution.unmetered, at_ms, Sum::unmetered_begin, Sum::unmetered_end, out);
  } else {
    add_ramp(contribution.billed, at_ms, Sum::billed_count, Sum::billed_ms, out);
    add_ramp(contribution.billed_lo, at_ms, Sum::billed_lo_count, Sum::billed_lo_ms, out);
    add_ramp(contribution.billed_hi, at_ms, Sum::billed_hi_count, Sum::billed_hi_ms, out);
    add_count(contribution.billed_hi, at_ms, Sum::billed_begin, Sum::billed_end, out);
  }
  return out;
}

meter::Contribution contribution_of(const store::RolledProcess& process, meter::Believed believed) {
  return meter::contribution_of(process.facts.life, process.track, rollup::kBelief, believed);
}

model::ProcessFacts as_facts(const Group& group) {
  model::ProcessFacts facts;
  facts.app_key = model::label_of(group.app_key);
  facts.deployment_key = model::label_of(group.deployment_key);
  facts.region_key = model::label_of(group.region_key);
  return facts;
}

std::int64_t nearest_hour(std::int64_t at_ms) {
  return rollup::floor_div(at_ms + rollup::kHour_ms / 2, rollup::kHour_ms);
}

}  // namespace

TotalSums& TotalSums::operator+=(const TotalSums& other) {
  std::transform(values_.begin(), values_.end(), other.values_.begin(), values_.begin(),
                 std::plus<>());
  return *this;
}

TotalSums& TotalSums::operator-=(const TotalSums& other) {
  std::transform(values_.begin(), values_.end(), other.values_.begin(), values_.begin(),
                 std::minus<>());
  return *this;
}

TotalSums& SparseSums::operator[](std::size_t group) {
  if (group >= place_of_.size()) {
    place_of_.resize(group + 1);
  }
  if (place_of_[group] == 0) {
    groups_.push_back(static_cast<std::uint32_t>(group));
    sums_.emplace_back();
    place_of_[group] = static_cast<std::uint32_t>(sums_.size());
  }
  return sums_[place_of_[group] - 1];
}

const TotalSums& SparseSums::at(std::size_t group) const {
  static const TotalSums kNone;
  const bool has_none = group >= place_of_.size() || place_of_[group] == 0;
  return has_none ? kNone : sums_[place_of_[group] - 1];
}

SparseSums& SparseSums::operator+=(const SparseSums& other) {
  for (std::size_t i = 0; i < other.sums_.size(); ++i) {
    (*this)[other.groups_[i]] += other.sums_[i];
  }
  return *this;
}

SparseSums& SparseSums::operator-=(const SparseSums& other) {
  for (std::size_t i = 0; i < other.sums_.size(); ++i) {
    (*this)[other.groups_[i]] -= other.sums_[i];
  }
  return *this;
}

BoundarySums::BoundarySums(store::Reader& reader, Filter& filter, const ResolvedWindow& window,
                           const store::Horizon& horizon, bool curves)
    : reader_(reader),
      filter_(filter),
      window_(window),
      horizon_(horizon),
      earliest_ms_(reader.span().earliest_ms),
      curves_(curves) {
  add_boundary(window_.window.from_ms);
  for (const TimeCell& cell : window_.cells) {
    add_boundary(cell.window.to_ms);
  }
  reader_.expected_reads().of_sums(boundaries_, horizon_, reader_.rollups());
  look_ahead();
  find_running();
}

void BoundarySums::add_boundary(std::int64_t at_ms) {
  boundaries_.push_back({at_ms, whole_hour_for(at_ms)});
}

/// Before the earliest time that is known, nearly nobody was there.
std::int64_t BoundarySums::whole_hour_for(std::int64_t at_ms) const {
  const bool is_first = earliest_ms_ && at_ms < *earliest_ms_;
  return std::min(is_first ? rollup::floor_div(at_ms, rollup::kHour_ms) : nearest_hour(at_ms),
                  rollup::floor_div(horizon_.at_ms, rollup::kHour_ms));
}

std::optional<std::size_t> BoundarySums::number_of(const Group& group) {
  const auto [known, is_new] = numbers_.try_emplace(group, std::nullopt);
  if (is_new && filter_.passes(as_facts(group))) {
    known->second = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back(&known->first);
  }
  return known->second;
}

model::ProcessFacts BoundarySums::facts_of(std::size_t group) const {
  return as_facts(*groups_[group]);
}

/// Rollups count every process without an end as if it was lost.
void BoundarySums::find_running() {
  const meter::Belief& belief = window_.belief;
  for (const auto& process : reader_.rollups().lately_seen(belief.as_of_ms - belief.grace_ms,
                                                           window_.window.to_ms, horizon_)) {
    const auto group = number_of(rollup::group_of(process.facts));
    if (group && !process.irregular) {
      running_.emplace(process.facts.process_key,
                       Running{*group, process.facts.life.last_seen_ms,
                               contribution_of(process, meter::Believed::lost),
                               contribution_of(process, meter::Believed::running)});
    }
  }
}

void BoundarySums::read(Level level, std::int64_t from_bucket, std::int64_t to_bucket,
                        std::int64_t sign, SparseSums& out) {
  const std::int64_t length_ms = rollup::hours_in(level) * rollup::kHour_ms;
  using Meter = store::RollupReader::Meter;
  const std::size_t first = curves_ ? rollup::kBillingSums : 0;
  const std::size_t end = curves_ ? rollup::kSums : rollup::kBillingSums;
  reader_.rollups().each_bucket(
      curves_ ? Meter::egress : Meter::billing, level, from_bucket, to_bucket,
      [&](std::int64_t bucket, const Group& group, const rollup::Sums<std::int64_t>& sums) {
        const auto number = number_of(group);
        if (!number) {
          return;
        }
        TotalSums& into = out[*number];
        for (std::size_t i = first; i < end; ++i) {
          into[static_cast<Sum>(i)] += sign * sums.values[i];
        }
        if (!curves_) {
          const Int128 begin_ms = static_cast<Int128>(bucket) * length_ms * sign;
          into[Sum::billed_ms] += sums[Sum::billed_count] * begin_ms;
          into[Sum::billed_lo_ms] += sums[Sum::billed_lo_count] * begin_ms;
          into[Sum::billed_hi_ms] += sums[Sum::billed_hi_count] * begin_ms;
        }
      });
}

/// Uses as few buckets as there are: days up to the begin of an era, then eras, then days.
void BoundarySums::advance_to_day(std::int64_t day) {
  constexpr std::int64_t kDaysInEra = rollup::kHoursInEra / rollup::kHoursInDay;
  const std::int64_t era = rollup::floor_div(day, kDaysInEra);
  const std::int64_t next_era =
      day_ ? -rollup::floor_div(-*day_, kDaysInEra) : std::numeric_limits<std::int64_t>::min();
  if (next_era > era) {
    read(Level::day, *day_, day, 1, growth_);
  } else {
    if (day_) {
      read(Level::day, *day_, next_era * kDaysInEra, 1, growth_);
    }
    read(Level::era, next_era, era, 1, growth_);
    read(Level::day, era * kDaysInEra, day, 1, growth_);
  }
  day_ = day;
}

/// Starts from the last boundary, or from the nearest midnight before or after, whichever needs the
/// fewest hours.
void BoundarySums::advance_to(std::int64_t hour) {
  before_ += std::exchange(growth_, {});
  const std::int64_t midnight = rollup::nearest_midnight(hour);
  if (!day_ || std::abs(hour - midnight) < hour - hour_) {
    growth_ -= std::exchange(since_day_, {});
    advance_to_day(midnight / rollup::kHoursInDay);
    hour_ = midnight;
  }
  SparseSums hours;
  if (hour_ <= hour) {
    read(Level::hour, hour_, hour, 1, hours);
  } else {
    read(Level::hour, hour, hour_, -1, hours);
  }
  growth_ += hours;
  since_day_ += hours;
  hour_ = hour;
}

Boundary BoundarySums::at(std::int64_t at_ms) {
  Boundary boundary;
  boundary.at_ms = at_ms;
  const std::int64_t hour = whole_hour_for(at_ms);
  const std::int64_t whole_ms = hour * rollup::kHour_ms;
  boundary.whole_hour = whole_ms == at_ms;
  advance_to(hour);
  if (!boundary.whole_hour) {
    add_edges(whole_ms, boundary);
  }
  for (const auto& [process_key, one] : running_) {
    if (one.last_seen_ms <= at_ms) {  // before the two beliefs are one
      TotalSums& into = boundary.beside[one.group];
      into += sums_before(one.running, at_ms, curves_);
      into -= sums_before(one.lost, at_ms, curves_);
    }
  }
  return boundary;
}

Ends BoundarySums::ends(std::size_t group, const Boundary& from, const Boundary& to) const {
  const TotalSums& before = before_.at(group);
  Ends ends{before, before};
  ends.from += from.beside.at(group);
  ends.to += growth_.at(group);
  ends.to += to.beside.at(group);
  return ends;
}

/// Looks up the processes around a boundary early. So the disk reads what they will be asked for
/// while the processes around the boundary before are asked.
void BoundarySums::look_ahead() {
  while (active_.size() < kBoundariesAhead && next_boundary_ < boundaries_.size()) {
    const auto [next_ms, hour] = boundaries_[next_boundary_++];
    const std::int64_t whole_ms = hour * rollup::kHour_ms;
    if (next_ms != whole_ms) {
      active_.push_back(reader_.rollups().active(std::min(whole_ms, next_ms),
                                                 std::max(whole_ms, next_ms), horizon_));
      if (curves_) {
        expect_readings(active_.back(), next_ms);
      }
    }
  }
}

void BoundarySums::expect_readings(const std::vector<store::RolledProcess>& processes,
                                   std::int64_t at_ms) {
  std::vector<std::int64_t> keys;
  for (const store::RolledProcess& process : processes) {
    const auto& track = process.track;
    if (track && track->rise_ms && at_ms > *track->rise_ms && at_ms < track->last_ms) {
      keys.push_back(process.facts.process_key);
    }
  }
  reader_.expected_reads().of_readings(keys, reader_.readings().snapshot_at(at_ms));
}

/// Between a boundary and the nearest whole hour there is no sum, so the processes there are
/// counted one by one.
void BoundarySums::add_edges(std::int64_t whole_ms, Boundary& boundary) {
  const std::int64_t at_ms = boundary.at_ms;
  boundary.processes = std::move(active_.front());
  active_.pop_front();
  look_ahead();
  for (const store::RolledProcess& process : boundary.processes) {
    const auto group = number_of(rollup::group_of(process.facts));
    if (!group || process.irregular) {
      continue;
    }
    TotalSums& into = boundary.beside[*group];
    EdgeProcess edge{*group, contribution_of(process, meter::Believed::lost),
                     ProcessCurve(reader_, process, window_.belief)};
    into += sums_before(edge.contribution, at_ms, curves_);
    into -= sums_before(edge.contribution, whole_ms, curves_);
    if (curves_ && process.track) {
      add_curve(edge.curve.at(whole_ms), -1, into);
      add_curve(edge.curve.at(at_ms), 1, into);  // the last, which is asked again
      if (const auto found = running_.find(process.facts.process_key); found != running_.end()) {
        edge.contribution = found->second.running;
      }
      boundary.edges.push_back(std::move(edge));
    }
  }
}

void BoundarySums::each_gap(const meter::Window& window,
                            const std::function<void(std::size_t, std::int64_t)>& use) {
  reader_.rollups().each_gap(rollup::floor_div(window.from_ms, rollup::kHour_ms),
                             rollup::floor_div(window.to_ms, rollup::kHour_ms),
                             [&](const Group& group, std::int64_t bytes) {
                               if (const auto number = number_of(group)) {
                                 use(*number, bytes);
                               }
                             });
}

}  // namespace fleetmeter::ask
