#include "contract/processes.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "rollup/account.hpp"

namespace fleetmeter::contract {

namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

/// Hands over the rows of the days before one, each day in the order of its rows.
template <class Row, class Before>
void give_days(std::map<std::int64_t, std::vector<Row>>& days, std::int64_t until_day,
               Before&& comes_before, ContractSink& sink) {
  const auto end = days.lower_bound(until_day);
  for (auto day = days.begin(); day != end; day = days.erase(day)) {
    std::sort(day->second.begin(), day->second.end(), comes_before);
    for (const Row& row : day->second) {
      sink.take(row);
    }
  }
}

}  // namespace

std::int64_t day_of(std::int64_t at_ms) {
  return rollup::floor_div(at_ms, kDay_ms);
}

Totals Processes::give() {
  if (given_.after_seq) {
    store::Query<store::ask::FirstLaterList> lists(reader_.as_known());
    store::Query<store::ask::ListKnownOtherwise> touched(reader_.as_known());
    // A later list may prove a process gone that nobody observed since, or gone earlier.
    for (const auto& row :
         touched.rows({.known_seq = *given_.after_seq,
         .last_key = std::numeric_limits<std::int64_t>::max(),
         .list_ms = lists.first({.known_seq = *given_.after_seq}).value().observed_at_ms})) {
      touched_.insert(row.process_key);
    }
  }
  std::vector<std::pair<std::int64_t, model::ProcessFacts>> all;
  constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();
  reader_.each_process(false, {kEver, belief_}, [&](const model::ProcessFacts& facts) {
    if (is_asked_for(facts)) {
      all.emplace_back(earliest_of(facts.life, belief_.max_lifespan_ms), facts);
    }
  });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.process_key) < std::tie(b.first, b.second.process_key);
  });
  for (const auto& [earliest_ms, facts] : all) {
    give_until(day_of(earliest_ms));
    take(facts);
  }
  give_until(std::numeric_limits<std::int64_t>::max());
  return totals_;
}

bool Processes::is_asked_for(const model::ProcessFacts& facts) {
  const bool is_touched = !given_.after_seq || touched_.count(facts.process_key) != 0;
  if ((given_.shards == 1 && is_touched) || (!is_touched && given_.also.empty())) {
    return is_touched;
  }
  const std::string id = reader_.process_id(facts.process_key);
  return (is_touched || given_.also.count(id) != 0) && shard_of(id, given_.shards) == given_.shard;
}

void Processes::take(const model::ProcessFacts& facts) {
  const Metered process{
      facts, meter::billable_span(facts.life, belief_),
      meter::EgressCurve(reader_.readings().of(facts.process_key), facts.life, belief_)};
  ContractProcess row = process_row(process, belief_, given_.grain_ms);
  row.process_id = reader_.process_id(facts.process_key);
  row.app_id = reader_.label(facts.app_key);
  row.deployment_id = reader_.label(facts.deployment_key);
  row.region = reader_.label(facts.region_key);
  for (ContractHour& hour : hour_rows(process, belief_, given_.grain_ms)) {
    hour.process_id = row.process_id;
    hours_[hour.day()].push_back(std::move(hour));
    totals_.hours += 1;
  }
  count(row);
  processes_[row.day()].push_back(std::move(row));
}

void Processes::count(const ContractProcess& row) {
  totals_.processes += 1;
  totals_.billable_ms += row.billable_ms;
  totals_.egress_bytes += row.egress_bytes;
}

void Processes::give_until(std::int64_t day) {
  give_days(
      processes_, day,
      [](const ContractProcess& a, const ContractProcess& b) {
        return a.process_id < b.process_id;
      },
      sink_);
  give_days(
      hours_, day,
      [](const ContractHour& a, const ContractHour& b) {
        return std::tie(a.process_id, a.at_ms) < std::tie(b.process_id, b.at_ms);
      },
      sink_);
}

}  // namespace fleetmeter::contract
