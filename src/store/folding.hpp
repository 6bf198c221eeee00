#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "model/life.hpp"
#include "store/observations.hpp"
#include "store/polls.hpp"
#include "store/query.hpp"
#include "store/seen.hpp"

namespace fleetmeter::store {

/// Folds the observations of one process into its facts, whatever order they come in.
class Folding {
 public:
  void start(std::int64_t process_key) {
    facts_ = {};
    facts_.process_key = process_key;
    places_.clear();
    any_ = false;
    said_ = {};
  }

  /// Takes one observation. `row` is one of a query with the columns of told_contract.
  template <class Row>
  void take(const Standing& at, const Row& row) {
    if (!any_ || latest_ < at) {
      latest_ = at;
      facts_.app_key = row.app_key;
      facts_.deployment_key = row.deployment_key;
      facts_.region_key = row.region_key;
      facts_.hosting_key = row.hosting_key;
    }
    const Place place{model::key_part(row.app_key), model::key_part(row.region_key)};
    if (std::find(places_.begin(), places_.end(), place) == places_.end()) {
      places_.push_back(place);
    }
    model::Life& life = facts_.life;
    life.first_seen_ms = any_ ? std::min(life.first_seen_ms, at.observed_at_ms) : at.observed_at_ms;
    life.last_seen_ms = latest_.observed_at_ms;
    any_ = true;
    keep_last(at, row.starting_at_ms, life.starting_at_ms, said_.starting);
    keep_last(at, row.started_at_ms, life.started_at_ms, said_.started);
    keep_last(at, row.stopping_at_ms, life.stopping_at_ms, said_.stopping);
    keep_last(at, row.terminated_at_ms, life.terminated_at_ms, said_.terminated);
    keep_last(at, row.scheduled_at_ms, life.scheduled_at_ms, said_.scheduled);
    keep_last(at, row.booted_at_ms, life.booted_at_ms, said_.booted);
    if (!row.terminated_at_ms) {
      life.last_alive_ms =
          std::max(life.last_alive_ms.value_or(at.observed_at_ms), at.observed_at_ms);
    }
  }

  [[nodiscard]] const model::ProcessFacts& facts() const { return facts_; }
  /// Where it was seen, each place once.
  [[nodiscard]] const std::vector<Place>& places() const { return places_; }
  void set_gone(model::Instant gone_ms) { facts_.life.gone_ms = gone_ms; }
  [[nodiscard]] bool any() const { return any_; }

 private:
  using LastSaid = std::optional<Standing>;
  /// When each timestamp was said last.
  struct Said {
    LastSaid starting;
    LastSaid started;
    LastSaid stopping;
    LastSaid terminated;
    LastSaid scheduled;
    LastSaid booted;
  };
  static void keep_last(const Standing& at, const model::Instant& said, model::Instant& last,
                        LastSaid& last_said) {
    if (said && (!last_said || *last_said < at)) {
      last = said;
      last_said = at;
    }
  }

  model::ProcessFacts facts_;
  std::vector<Place> places_;
  Standing latest_;
  bool any_ = false;
  Said said_;
};

/// The same of observations of which most repeat the attributes of the one before: of those that
/// do, the first and the last tell everything.
class FoldingRuns {
 public:
  void start(std::int64_t process_key) {
    folding_.start(process_key);
    any_ = false;
  }

  void take(const Observation& one) {
    const Standing at{one.observed_at_ms, one.snapshot_seq, one.restatement};
    if (any_ && told_.attribute_no == one.told->attribute_no) {
      seen_.include(at);
      return;
    }
    end_run();
    told_ = *one.told;
    seen_ = Seen(at);
    any_ = true;
  }

  /// What was taken since the start.
  [[nodiscard]] Folding& folded() {
    end_run();
    return folding_;
  }

 private:
  void end_run() {
    if (std::exchange(any_, false)) {
      folding_.take(seen_.first, told_);
      folding_.take(seen_.last, told_);
    }
  }

  Folding folding_;
  Observation::Told told_;  ///< of the run that goes on, if any
  Seen seen_{Standing()};
  bool any_ = false;
};

}  // namespace fleetmeter::store
