#include "rollup/deltas.hpp"

#include <algorithm>

#include "base/invariant.hpp"

namespace fleetmeter::rollup {

namespace {

std::int64_t hour_of(std::int64_t at_ms) {
  return floor_div(at_ms, kHour_ms);
}

/// Whether the buckets of every level sum up to the same. (Offsets do not: they count from where
/// their own bucket begins.)
[[maybe_unused]] bool adds_up(const std::map<BucketKey, Sums<std::int64_t>>& buckets) {
  std::map<Level, Sums<std::int64_t>> totals;
  for (const auto& [key, sums] : buckets) {
    totals[key.level] += sums;
  }
  for (auto& [level, sums] : totals) {
    sums[Sum::billed_ms] = sums[Sum::billed_lo_ms] = sums[Sum::billed_hi_ms] = 0;
  }
  return totals[Level::hour] == totals[Level::day] && totals[Level::day] == totals[Level::era];
}

}  // namespace

std::size_t Deltas::HourHash::operator()(const HourKey& key) const {
  return GroupHash{}(key.group) ^ (static_cast<std::size_t>(key.hour) * 0x9E3779B97F4A7C15U);
}

void Deltas::start(const Group& group, std::int64_t process_key, int sign) {
  base::check(sign == 1 || sign == -1,
              "a process is added or taken off, or its group would count it several times");
  group_ = group;
  process_key_ = process_key;
  sign_ = sign;
}

void Deltas::clear() {
  hours_.clear();
  gaps_.clear();
  last_ = nullptr;
}

Sums<std::int64_t>& Deltas::hour(std::int64_t hour) {
  const HourKey key{hour, group_};
  if (last_ == nullptr || !(last_key_ == key)) {
    last_ = &hours_[key];  // its address outlives a rehash
    last_key_ = key;
  }
  return *last_;
}

void Deltas::add_at(std::int64_t at_hour, Sum sum, std::int64_t value) {
  hour(at_hour)[sum] += sign_ * value;
}

// ---- spans

void Deltas::add_ramp(const std::optional<meter::Span>& span, Sum count, Sum offset) {
  if (!span) {
    return;
  }
  const std::int64_t from_hour = hour_of(span->from_ms);
  add_at(from_hour, count, 1);
  add_at(from_hour, offset, span->from_ms - from_hour * kHour_ms);
  if (span->to_ms < meter::kNever_ms) {
    const std::int64_t to_hour = hour_of(span->to_ms);
    add_at(to_hour, count, -1);
    add_at(to_hour, offset, to_hour * kHour_ms - span->to_ms);
  }
}

/// A boundary B has passed a begin when begin < B, and an end when end <= B.
void Deltas::add_count(const std::optional<meter::Span>& span, Sum begin, Sum end) {
  if (!span) {
    return;
  }
  add_at(hour_of(span->from_ms), begin, 1);
  if (span->to_ms < meter::kNever_ms) {
    add_at(hour_of(span->to_ms - 1), end, 1);
  }
}

void Deltas::add(const meter::Contribution& contribution) {
  if (contribution.irregular) {
    return;
  }
  add_ramp(contribution.billed, Sum::billed_count, Sum::billed_ms);
  add_ramp(contribution.billed_lo, Sum::billed_lo_count, Sum::billed_lo_ms);
  add_ramp(contribution.billed_hi, Sum::billed_hi_count, Sum::billed_hi_ms);
  add_count(contribution.billed_hi, Sum::billed_begin, Sum::billed_end);
  add_count(contribution.sent, Sum::sent_begin, Sum::sent_end);
  add_count(contribution.open, Sum::open_begin, Sum::open_end);
  add_count(contribution.unmetered, Sum::unmetered_begin, Sum::unmetered_end);
  if (contribution.still) {
    add_gap(contribution.still->from_ms, contribution.still->to_ms, 0);
  }
}

// ---- the curve

/// Spreads a growth over the hours between two instants, as G does.
void Deltas::grow(std::int64_t from_ms, std::int64_t to_ms, std::int64_t bytes) {
  base::check_in_tests([&] { return !meter::is_instant(from_ms) || from_ms < to_ms; },
                       "a growth takes time, or it would be spread over no hour");
  const std::int64_t last_hour = hour_of(to_ms - 1);  // at its end all of it has left
  std::int64_t before = 0;
  for (std::int64_t at_hour = hour_of(from_ms); at_hour < last_hour; ++at_hour) {
    const std::int64_t until =
        meter::share(bytes, (at_hour + 1) * kHour_ms - from_ms, to_ms - from_ms);
    add_at(at_hour, Sum::egress_bytes, until - before);
    before = until;
  }
  add_at(last_hour, Sum::egress_bytes, bytes - before);
}

/// [first_ms, last_ms] are the boundaries of windows that the gap holds, whole hours or not.
void Deltas::add_gap(std::int64_t first_ms, std::int64_t last_ms, std::int64_t bytes) {
  const Gap gap{-floor_div(-first_ms, kHour_ms), hour_of(last_ms), process_key_, bytes};
  if (gap.from_hour < gap.to_hour) {
    gaps_[gap] += sign_;
  }
}

meter::EgressTrack Deltas::begin_curve(const meter::EgressStart& start,
                                       std::int64_t first_reading_ms, std::int64_t bytes) {
  meter::EgressTrack track;
  track.first_reading_ms = first_reading_ms;
  track.top_ms = track.last_ms = start.first_ms;
  track.bytes = bytes;
  if (bytes == 0) {
    return track;
  }
  track.rise_ms = start.upper_is_zero_until_ms;
  const std::int64_t grows_from_ms = start.zero_ms.value_or(start.first_ms - 1);
  track.unsummed = start.first_ms - grows_from_ms > kLongestRise_ms;
  if (track.unsummed) {
    return track;
  }
  grow(grows_from_ms, start.first_ms, bytes);
  add_at(hour_of(start.first_ms - 1), Sum::egress_bytes_lo, bytes);
  add_at(hour_of(start.upper_is_zero_until_ms), Sum::egress_bytes_hi, bytes);
  add_gap(start.upper_is_zero_until_ms + 1, start.first_ms - 1, bytes);
  return track;
}

void Deltas::advance_curve(meter::EgressTrack& track, std::int64_t at_ms, std::int64_t read) {
  base::check_in_tests([&] { return at_ms >= track.last_ms; },
                       "a curve goes on in time order, or its growth would be counted twice");
  if (at_ms == track.last_ms) {
    return;  // of several at one instant the largest counts, and it came first
  }
  track.below = read < track.bytes;
  if (read <= track.bytes) {
    track.last_ms = at_ms;
    return;
  }
  const std::int64_t bytes = read - track.bytes;
  if (at_ms - track.last_ms > kLongestRise_ms) {
    track.unsummed = true;
  }
  if (!track.unsummed) {
    if (track.bytes > 0 && track.top_ms < track.last_ms) {
      add_gap(track.top_ms, track.last_ms, 0);
    }
    const std::int64_t last_hour = hour_of(track.last_ms);
    const std::int64_t at_hour = hour_of(at_ms - 1);
    if (last_hour == at_hour) {
      Sums<std::int64_t>& sums = hour(at_hour);
      sums[Sum::egress_bytes] += sign_ * bytes;
      sums[Sum::egress_bytes_lo] += sign_ * bytes;
      sums[Sum::egress_bytes_hi] += sign_ * bytes;
    } else {
      grow(track.last_ms, at_ms, bytes);
      add_at(at_hour, Sum::egress_bytes_lo, bytes);
      add_at(last_hour, Sum::egress_bytes_hi, bytes);
      add_gap(track.last_ms + 1, at_ms - 1, bytes);
    }
  }
  if (track.bytes == 0) {
    track.rise_ms = track.last_ms;
  }
  track.bytes = read;
  track.top_ms = track.last_ms = at_ms;
}

// ---- giving

std::map<BucketKey, Sums<std::int64_t>> Deltas::buckets() const {
  std::map<BucketKey, Sums<std::int64_t>> out;
  for (const auto& [key, sums] : hours_) {
    for (const Level level : {Level::hour, Level::day, Level::era}) {
      const std::int64_t hours = hours_in(level);
      const std::int64_t bucket = floor_div(key.hour, hours);
      // What a ramp is behind its hour's begin it is behind the longer bucket's, and more.
      const std::int64_t behind_ms = (key.hour - bucket * hours) * kHour_ms;
      Sums<std::int64_t>& into = out[{level, bucket, key.group}];
      into += sums;
      into[Sum::billed_ms] += sums[Sum::billed_count] * behind_ms;
      into[Sum::billed_lo_ms] += sums[Sum::billed_lo_count] * behind_ms;
      into[Sum::billed_hi_ms] += sums[Sum::billed_hi_count] * behind_ms;
    }
  }
  base::check_in_tests([&] { return adds_up(out); },
                       "hours, days and eras hold the same, or an answer would depend on how its "
                       "window is cut");
  std::erase_if(out, [](const auto& entry) { return entry.second.is_zero(); });
  return out;
}

}  // namespace fleetmeter::rollup
