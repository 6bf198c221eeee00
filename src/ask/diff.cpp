#include "ask/diff.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "ask/absence_flags.hpp"
#include "ask/meters.hpp"
#include "ask/window.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::ask {

namespace {

using Group = std::vector<std::string>;
using Said = std::vector<store::SaidTimes>;

/// What both meters answer, by group. Side is which of two states of knowledge it is of.
void measure(const Question& question, store::Reader& reader, Measured Change::*side,
             std::map<Group, Change>& into) {
  for (const BillingRow& row : billing(question, reader)) {
    (into[row.group].*side).billable_ms = row.billable_ms;
  }
  for (const EgressRow& row : egress(question, reader)) {
    Measured& measured = into[row.group].*side;
    measured.egress_bytes = row.egress_bytes;
    measured.open_processes = row.open_processes;
    measured.unmetered_processes = row.unmetered_processes;
  }
}

/// The groups of which the two states say something else.
std::map<Group, Change> changes(const Question& question, store::Reader& from, store::Reader& to) {
  std::map<Group, Change> all;
  measure(question, from, &Change::from, all);
  measure(question, to, &Change::to, all);
  std::erase_if(all, [](const auto& one) { return one.second.from == one.second.to; });
  return all;
}

/// What both meters say of one process, and the keys of its groups.
struct OfProcess {
  std::int64_t process_key = 0;
  std::optional<std::int64_t> app_key;
  std::optional<std::int64_t> deployment_key;
  std::optional<std::int64_t> region_key;
  Measured measured;

  friend bool operator==(const OfProcess&, const OfProcess&) = default;
};

/// Calls `use` for every process of which the meters say something, in the order of their keys.
template <class Use>
void each_measured(const Question& question, store::Reader& reader, const Use& use) {
  each_metered(
      question, reader,
      [&](const model::ProcessFacts& facts, const Bounded<std::int64_t>& time,
          const EgressRow& sent) {
        OfProcess one{facts.process_key, facts.app_key, facts.deployment_key, facts.region_key, {}};
        one.measured.billable_ms += time;
        one.measured.egress_bytes = sent.egress_bytes;
        one.measured.open_processes = sent.open_processes;
        one.measured.unmetered_processes = sent.unmetered_processes;
        use(one);
      });
}

std::string text_of(GroupBy by, const OfProcess& one, store::Reader& reader) {
  switch (by) {
    case GroupBy::app:
      return reader.label(one.app_key);
    case GroupBy::deployment:
      return reader.label(one.deployment_key);
    case GroupBy::region:
      return reader.label(one.region_key);
    default:
      return reader.process_id(one.process_key);
  }
}

/// The same as changes() of a question by process that divides no time. Most processes of a large
/// fleet did not change, and of these no text is made.
std::map<Group, Change> process_changes(const Question& question, store::Reader& from,
                                        store::Reader& to) {
  std::vector<OfProcess> before;
  each_measured(question, from, [&](const OfProcess& one) { before.push_back(one); });
  std::map<Group, Change> all;
  const auto tell = [&](const OfProcess& one, Measured Change::*side) {
    Group group;
    for (const GroupBy by : question.by) {
      group.push_back(text_of(by, one, to));
    }
    all[group].*side = one.measured;
  };
  auto known = before.cbegin();
  const auto tell_before = [&](std::int64_t process_key) {
    for (; known != before.cend() && known->process_key < process_key; ++known) {
      tell(*known, &Change::from);
    }
  };
  each_measured(question, to, [&](const OfProcess& one) {
    tell_before(one.process_key);
    const bool was_known = known != before.cend() && known->process_key == one.process_key;
    if (!was_known) {
      tell(one, &Change::to);
    } else if (const OfProcess& then = *known++; then != one) {
      tell(then, &Change::from);
      tell(one, &Change::to);
    }
  });
  tell_before(std::numeric_limits<std::int64_t>::max());
  std::erase_if(all, [](const auto& one) { return one.second.from == one.second.to; });
  return all;
}

void add(const Measured& one, Measured& sum) {
  sum.billable_ms += one.billable_ms;
  sum.egress_bytes += one.egress_bytes;
  sum.open_processes += one.open_processes;
  sum.unmetered_processes += one.unmetered_processes;
}

/// A time of a life, and what the vendor calls it.
struct LifeTime {
  const char* name;
  model::Instant store::SaidTimes::*said;
};

constexpr LifeTime kTimes[]{{"startingAt", &store::SaidTimes::starting_at_ms},
                            {"startedAt", &store::SaidTimes::started_at_ms},
                            {"stoppingAt", &store::SaidTimes::stopping_at_ms},
                            {"terminatedAt", &store::SaidTimes::terminated_at_ms}};

/// What was said last.
model::Instant last_said(const Said& all, model::Instant store::SaidTimes::*said) {
  const auto one = std::find_if(all.rbegin(), all.rend(),
                                [&](const store::SaidTimes& at) { return (at.*said).has_value(); });
  return one == all.rend() ? std::nullopt : *one.*said;
}

/// Why processes are known otherwise.
class Causes {
 public:
  Causes(store::Reader& from, store::Reader& to)
      : from_reader_(from), to_reader_(to), from_seq_(from.newest_snapshot()) {}

  /// Finds the cause of this one, and what proves it.
  void find(ChangedProcess& changed) {
    process_key_ = to_reader_.process_key(changed.process_id).value_or(0);
    const auto first = to_reader_.first_said(process_key_);
    if (first && first->snapshot_seq > from_seq_) {
      changed.cause = ChangeCause::new_process;
      changed.evidence = "first observed at " + base::format_utc(first->observed_at_ms);
      changed.from = provenance_of(first->snapshot_seq, to_reader_);
      return;
    }
    read_said();
    if (!is_corrected(changed) && !is_ended(changed) && !is_gone(changed) &&
        !is_restated(changed)) {
      if (later_.empty()) {
        set(changed, ChangeCause::as_of,
            "nothing more was said of it; the as-of was " + as_of(from_reader_) + " and became " +
                as_of(to_reader_),
            nullptr);
      } else {
        set(changed, ChangeCause::late_snapshot,
            "observed " + std::to_string(later_.size()) +
                (later_.size() == 1 ? " more time" : " more times") + "; last seen " +
                base::format_utc(from_.back().observed_at_ms) + ", and now " +
                base::format_utc(to_.back().observed_at_ms),
            &later_.front());
      }
    }
  }

 private:
  /// What was said of the process: what both states know, and what only the later one does.
  void read_said() {
    from_.clear();
    to_ = to_reader_.said_times(process_key_);
    later_.clear();
    for (const store::SaidTimes& one : to_) {
      (one.snapshot_seq > from_seq_ ? later_ : from_).push_back(one);
    }
    std::stable_sort(later_.begin(), later_.end(),
                     [](const store::SaidTimes& a, const store::SaidTimes& b) {
                       return a.snapshot_seq < b.snapshot_seq;
                     });
  }

  void set(ChangedProcess& changed, ChangeCause cause, const std::string& evidence,
           const store::SaidTimes* from) const {
    changed.cause = cause;
    changed.evidence = evidence;
    changed.from = from == nullptr ? std::nullopt
                                   : std::optional(provenance_of(from->snapshot_seq, to_reader_));
  }

  static std::string as_of(store::Reader& reader) {
    const model::Instant latest_ms = reader.span().latest_observed_ms;
    return latest_ms ? base::format_utc(*latest_ms) : "nothing";
  }

  /// The first of the later observations that says this; null: none does.
  [[nodiscard]] const store::SaidTimes* first_that_says(model::Instant store::SaidTimes::*said,
                                                        std::int64_t at_ms) const {
    const auto one = std::find_if(later_.begin(), later_.end(),
                                  [&](const store::SaidTimes& at) { return at.*said == at_ms; });
    return one == later_.end() ? nullptr : &*one;
  }

  bool is_corrected(ChangedProcess& changed) const {
    for (const LifeTime& time : kTimes) {
      const model::Instant before = last_said(from_, time.said);
      const model::Instant after = last_said(to_, time.said);
      if (before && after && before != after) {
        set(changed, ChangeCause::corrected_time,
            std::string(time.name) + " was " + base::format_utc(*before) + " and became " +
                base::format_utc(*after),
            first_that_says(time.said, *after));
        return true;
      }
    }
    return false;
  }

  bool is_ended(ChangedProcess& changed) const {
    for (const LifeTime& time : {kTimes[2], kTimes[3]}) {
      const model::Instant after = last_said(to_, time.said);
      if (after && !last_said(from_, time.said)) {
        set(changed, ChangeCause::new_final,
            std::string(time.name) + " became known: " + base::format_utc(*after),
            first_that_says(time.said, *after));
        return true;
      }
    }
    return false;
  }

  /// Whether a list that became known later proves it gone.
  bool is_gone(ChangedProcess& changed) {
    const auto facts = to_reader_.facts_from_observations(process_key_);
    const auto list = facts ? list_without(*facts, to_reader_) : std::nullopt;
    if (!list || list->snapshot_seq <= from_seq_) {
      return false;
    }
    changed.cause = ChangeCause::gone;
    changed.evidence = gone_text(facts->life, *list);
    changed.from = provenance_of(list->snapshot_seq, to_reader_);
    return true;
  }

  bool is_restated(ChangedProcess& changed) const {
    for (const store::SaidTimes& one : later_) {
      const auto same = std::find_if(from_.begin(), from_.end(), [&](const store::SaidTimes& at) {
        return at.observed_at_ms == one.observed_at_ms;
      });
      if (same != from_.end()) {
        set(changed, ChangeCause::restatement,
            "snapshots " + std::to_string(same->snapshot_seq) + " and " +
                std::to_string(one.snapshot_seq) + " differ about " +
                base::format_utc(one.observed_at_ms),
            &one);
        return true;
      }
    }
    return false;
  }

  store::Reader& from_reader_;
  store::Reader& to_reader_;
  std::int64_t from_seq_;  ///< the newest snapshot that the earlier state knows
  std::int64_t process_key_ = 0;
  Said from_;
  Said to_;
  Said later_;  ///< those that are known only to the later state, in the order of knowledge
};

/// By process, whatever the question divides by; where the process stands in a group.
std::size_t divide_by_process(Question& question) {
  const auto found = std::find(question.by.begin(), question.by.end(), GroupBy::process);
  const auto place = static_cast<std::size_t>(found - question.by.begin());
  if (found == question.by.end()) {
    question.by.push_back(GroupBy::process);
  }
  return place;
}

}  // namespace

Difference diff(const Question& question, store::Reader& from, store::Reader& to, DiffDepth depth) {
  if (from.newest_snapshot() > to.newest_snapshot()) {
    throw Error(ErrorKind::usage, "diff: the state to start from is the later one (snapshots " +
                                      std::to_string(from.newest_snapshot()) + " and " +
                                      std::to_string(to.newest_snapshot()) + ")");
  }
  Difference difference;
  difference.by = question.by;
  for (const auto& [group, change] : changes(question, from, to)) {
    difference.rows.push_back({group, change});
  }
  if (depth == DiffDepth::groups) {
    return difference;
  }
  Question each = question;
  const std::size_t place = divide_by_process(each);
  std::map<std::string, ChangedProcess> known;
  std::map<ChangeCause, CauseOfChange> sums;
  Causes causes(from, to);
  const bool divides_time = std::any_of(each.by.begin(), each.by.end(), is_time);
  const auto changed_processes =
      divides_time ? changes(each, from, to) : process_changes(each, from, to);
  for (const auto& [group, change] : changed_processes) {
    const std::string& process_id = group[place];
    const auto [found, is_new] = known.try_emplace(process_id);
    ChangedProcess& changed = found->second;
    if (is_new) {
      changed.process_id = process_id;
      causes.find(changed);
    }
    CauseOfChange& cause = sums[changed.cause];
    cause.cause = changed.cause;
    cause.processes += is_new ? 1 : 0;
    add(change.from, cause.change.from);
    add(change.to, cause.change.to);
    changed.group = group;
    changed.group.resize(question.by.size());
    changed.change = change;
    difference.processes.push_back(changed);
  }
  for (const auto& [cause, sum] : sums) {
    difference.causes.push_back(sum);
  }
  return difference;
}

}  // namespace fleetmeter::ask
