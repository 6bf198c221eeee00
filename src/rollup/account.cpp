#include "rollup/account.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/invariant.hpp"
#include "meter/egress.hpp"

namespace fleetmeter::rollup {

namespace {

using meter::EgressTrack;
using model::Life;
using model::Reading;

meter::Contribution contribution_of(const Life& life, const std::optional<EgressTrack>& track) {
  return meter::contribution_of(life, track, kBelief, meter::Believed::lost);
}

std::int64_t clamped(std::int64_t at_ms, const meter::EgressStart& start) {
  return start.end_ms ? std::min(at_ms, *start.end_ms) : at_ms;
}

[[maybe_unused]] bool became_known_before(const KnownReading& a, const KnownReading& b) {
  return std::tie(a.snapshot_seq, a.restatement) < std::tie(b.snapshot_seq, b.restatement);
}

/// Whether one reading may follow another in a plain track; both as they came.
bool follows_plainly(const Reading& before, const Reading& after, const meter::EgressStart& start) {
  const std::int64_t before_ms = clamped(before.at_ms, start);
  const std::int64_t after_ms = clamped(after.at_ms, start);
  const bool again = before_ms == after_ms && before.bytes == after.bytes;
  return before.bytes >= 0 && ((before_ms < after_ms && before.bytes <= after.bytes) || again);
}

bool is_plain(const std::vector<KnownReading>& readings, const meter::EgressStart& start) {
  return readings.front().reading.bytes >= 0 &&
         std::adjacent_find(readings.begin(), readings.end(),
                            [&](const KnownReading& a, const KnownReading& b) {
                              return !follows_plainly(a.reading, b.reading, start);
                            }) == readings.end();
}

/// The whole curve, into `deltas`.
EgressTrack trace(const std::vector<KnownReading>& readings, const Life& life, Deltas& deltas) {
  std::vector<Reading> plain;
  plain.reserve(readings.size());
  std::int64_t first_ms = readings.front().reading.at_ms;
  for (const KnownReading& one : readings) {
    plain.push_back(one.reading);
    first_ms = std::min(first_ms, one.reading.at_ms);
  }
  const meter::EgressCurve curve(std::move(plain), life, {0, 0, kMaxLifespan_ms});
  const auto& anchors = curve.anchors();
  EgressTrack track = deltas.begin_curve(curve.start(), first_ms, anchors.front().bytes);
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    deltas.advance_curve(track, anchors[i].at_ms, anchors[i].bytes);
  }
  track.below = curve.flags().counter_break;
  track.plain = is_plain(readings, curve.start());
  return track;
}

bool same(const meter::EgressStart& a, const meter::EgressStart& b) {
  return a.first_ms == b.first_ms && a.zero_ms == b.zero_ms &&
         a.upper_is_zero_until_ms == b.upper_is_zero_until_ms;
}

/// What becomes of the track when nothing but later readings came; nothing when more than that
/// happened.
class Appending {
 public:
  Appending(const Change& change, const meter::Contribution& old)
      : change_(change), fits_(fits_before(old)) {
    if (fits_) {
      order();
    }
  }

  [[nodiscard]] bool fits() const { return fits_; }

  [[nodiscard]] EgressTrack run(Deltas& deltas) const {
    EgressTrack track = *change_.track;
    track.plain = track.plain && plain_;
    for (const Reading& reading : readings_) {
      deltas.advance_curve(track, reading.at_ms, reading.bytes);
    }
    return track;
  }

 private:
  bool fits_before(const meter::Contribution& old) {
    if (!change_.before || !change_.track || old.irregular ||
        group_of(*change_.before) != group_of(change_.after)) {
      return false;
    }
    const Life& before = change_.before->life;
    const Life& after = change_.after.life;
    start_ = meter::egress_start(after, change_.track->first_reading_ms, kMaxLifespan_ms);
    const auto old_start =
        meter::egress_start(before, change_.track->first_reading_ms, kMaxLifespan_ms);
    const bool end_moved =
        before.terminated_at_ms && before.terminated_at_ms != after.terminated_at_ms;
    const bool end_is_early =
        after.terminated_at_ms && (!start_.end_ms || *start_.end_ms < change_.track->last_ms);
    return same(start_, old_start) && !end_moved && !end_is_early;
  }

  void order() {
    const EgressTrack& track = *change_.track;
    // The last reading as it came is not known any more, but what matters of it is.
    Reading last{track.last_ms, track.bytes};
    for (const KnownReading& one : change_.fresh) {
      // Where all count as made at the end, an earlier one still begins the curve anew: whether
      // there is a zero anchor depends on when the first was read.
      fits_ = fits_ && one.reading.at_ms >= track.first_reading_ms;
      plain_ = plain_ && follows_plainly(last, one.reading, start_);
      last = one.reading;
      readings_.push_back({clamped(one.reading.at_ms, start_), meter::repaired(one.reading.bytes)});
    }
    plain_ = plain_ && !track.below;
    std::sort(readings_.begin(), readings_.end(), [](const Reading& a, const Reading& b) {
      return a.at_ms != b.at_ms ? a.at_ms < b.at_ms : a.bytes > b.bytes;
    });
    std::int64_t before_ms = track.last_ms;
    for (const Reading& reading : readings_) {
      const bool again = reading.at_ms == track.last_ms;
      fits_ = fits_ && reading.at_ms >= track.last_ms &&
              !(again && (track.below || reading.bytes > track.bytes)) &&
              reading.at_ms - before_ms <= kLongestRise_ms && reading.bytes <= meter::kMostBytes;
      before_ms = reading.at_ms;
    }
  }

  const Change& change_;
  meter::EgressStart start_;
  bool plain_ = true;
  std::vector<Reading> readings_;
  bool fits_;
};

model::Instant unended_of(const Life& life) {
  return life.gone_ms || life.stopping_at_ms || life.terminated_at_ms ? std::nullopt
                                                                      : life.started_at_ms;
}

/// Whether two contributions are found by the same look-ups.
bool same_place(const meter::Contribution& a, const meter::Contribution& b) {
  return a.from_ms == b.from_ms && extent_of(a) == extent_of(b) && a.tail_ms == b.tail_ms &&
         a.irregular == b.irregular;
}

std::vector<KnownReading> without(const std::vector<KnownReading>& all,
                                  const std::vector<KnownReading>& fresh) {
  std::set<std::pair<std::int64_t, std::int64_t>> left_out;
  for (const KnownReading& one : fresh) {
    left_out.emplace(one.snapshot_seq, one.restatement);
  }
  std::vector<KnownReading> out;
  for (const KnownReading& one : all) {
    if (left_out.count({one.snapshot_seq, one.restatement}) == 0) {
      out.push_back(one);
    }
  }
  return out;
}

void take_off(const Change& change, const meter::Contribution& old,
              const std::vector<KnownReading>& all, Deltas& deltas) {
  if (old.irregular) {
    return;
  }
  deltas.start(group_of(*change.before), change.after.process_key, -1);
  deltas.add(old);
  if (change.track) {
    static_cast<void>(trace(without(all, change.fresh), change.before->life, deltas));
  }
}

}  // namespace

std::int64_t extent_of(const meter::Contribution& contribution) {
  const std::int64_t extent =
      extent_of((contribution.to_ms - contribution.from_ms) >> kShortestExtent);
  base::check_in_tests(
      [&] {
        return !meter::is_instant(contribution.from_ms) || !meter::is_instant(contribution.to_ms) ||
               begins_after(contribution.to_ms, extent) < contribution.from_ms;
      },
      "an extent holds its span, or a look-up by extents would miss the process");
  return extent;
}

Group group_of(const model::ProcessFacts& facts) {
  return {model::key_part(facts.app_key), model::key_part(facts.deployment_key),
          model::key_part(facts.region_key)};
}

Account take(const Change& change, Deltas& deltas) {
  base::check_in_tests(
      [&] { return std::is_sorted(change.fresh.begin(), change.fresh.end(), became_known_before); },
      "readings come in the order in which they became known, or a curve would be appended to "
      "that has to be made anew");
  Account account;
  account.group = group_of(change.after);
  account.track = change.track;
  const Life& life = change.after.life;
  account.unended_ms = unended_of(life);
  meter::Contribution old;
  if (change.before) {
    old = contribution_of(change.before->life, change.track);
  }
  const std::int64_t process_key = change.after.process_key;
  const auto is_moved = [&] {
    return !change.before || group_of(*change.before) != account.group ||
           unended_of(change.before->life) != account.unended_ms ||
           !same_place(old, account.contribution);
  };
  if (const Appending appending(change, old); appending.fits()) {
    deltas.start(account.group, process_key, -1);
    deltas.add(old);
    deltas.start(account.group, process_key, 1);
    account.track = appending.run(deltas);
    account.contribution = contribution_of(life, account.track);
    deltas.add(account.contribution);
    account.moved = is_moved();
    return account;
  }
  const std::vector<KnownReading> all = change.track ? change.all() : change.fresh;
  if (change.before) {
    take_off(change, old, all, deltas);
  }
  deltas.start(account.group, process_key, 1);
  if (!all.empty()) {
    account.track = trace(all, life, deltas);
  }
  account.contribution = contribution_of(life, account.track);
  if (!account.contribution.irregular) {
    deltas.add(account.contribution);
  } else if (!all.empty()) {
    deltas.start(account.group, process_key, -1);
    static_cast<void>(trace(all, life, deltas));
  }
  account.moved = is_moved();
  return account;
}

}  // namespace fleetmeter::rollup
