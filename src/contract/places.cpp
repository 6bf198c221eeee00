#include "contract/places.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "ask/place_lists.hpp"
#include "model/label_key.hpp"

namespace fleetmeter::contract {

namespace {

using ask::PlaceName;

constexpr meter::Window kAlways{-meter::kNever_ms, meter::kNever_ms};

bool is_of_shard(const std::string& known_by, const ContractGiven& given) {
  return given.shards == 1 || shard_of(known_by, given.shards) == given.shard;
}

/// The polls of a store, gathered by place and told by time.
class Polls {
 public:
  Polls(store::Reader& reader, std::int64_t as_of_ms, const ContractGiven& given)
      : as_of_ms_(as_of_ms), given_(given) {
    reader.each_poll(false, kAlways.from_ms, as_of_ms, [&](const store::Poll& poll) {
      add({reader.label(model::label_of(poll.place.app_key)),
           reader.label(model::label_of(poll.place.region_key))},
          poll.observed_at_ms, poll.capped);
    });
    const ask::PlaceLists lists(reader, false, kAlways, kAlways.to_ms,
                                [](const PlaceName&) { return true; });
    for (const PlaceName& place : lists.places()) {
      for (const store::ProvingList& list : lists.of(place)) {
        add(place, list.observed_at_ms, list.floor.is_of_cut());
      }
    }
  }

  std::int64_t give(ContractSink& sink) {
    std::vector<const PlaceName*> names(places_.size());
    for (const auto& [name, number] : places_) {
      names[number] = &name;
    }
    std::sort(polls_.begin(), polls_.end(), [&](const Poll& a, const Poll& b) {
      return a.at_ms != b.at_ms ? a.at_ms < b.at_ms : *names[a.place] < *names[b.place];
    });
    std::int64_t count = 0;
    for (auto poll = polls_.begin(); poll != polls_.end();) {
      const Poll& first = *poll;
      bool is_capped = false;
      for (; poll != polls_.end() && poll->at_ms == first.at_ms && poll->place == first.place;
           ++poll) {
        is_capped = is_capped || poll->is_capped;
      }
      const PlaceName& name = *names[first.place];
      sink.take(ContractPoll{name.first, name.second, first.at_ms, is_capped});
      count += 1;
    }
    return count;
  }

 private:
  struct Poll {
    std::int64_t at_ms = 0;
    std::uint32_t place = 0;
    bool is_capped = false;
  };

  void add(const PlaceName& name, std::int64_t at_ms, bool is_capped) {
    if (at_ms > as_of_ms_ || !is_of_shard(name.first, given_)) {
      return;
    }
    const auto number = static_cast<std::uint32_t>(places_.size());
    const auto place = places_.try_emplace(name, number).first;
    polls_.push_back({at_ms, place->second, is_capped});
  }

  std::int64_t as_of_ms_;
  const ContractGiven& given_;
  std::map<PlaceName, std::uint32_t> places_;
  std::vector<Poll> polls_;
};

}  // namespace

std::int64_t give_stays(store::Reader& reader, const meter::Belief& belief,
                        const ContractGiven& given, ContractSink& sink) {
  static_cast<void>(reader.room_stays(kAlways, belief));  // refuses when some of them were pruned
  std::vector<ContractStay> stays;
  store::Query<store::ask::ListAllStays> all(reader.as_known());
  for (const auto& row : all.rows({.from_ms = kAlways.from_ms,
                         .to_ms = belief.as_of_ms,
                         .as_of_ms = belief.as_of_ms,
                         .grace_ms = belief.grace_ms})) {
    if (!is_of_shard(std::string(row.process_id), given)) {
      continue;
    }
    const bool goes_on = !stays.empty() && stays.back().process_id == row.process_id &&
                         stays.back().room_id == row.room_id && row.start_ms <= stays.back().to_ms;
    if (goes_on) {
      stays.back().to_ms = std::max(stays.back().to_ms, row.end_ms);
    } else {
      stays.push_back(
          {std::string(row.room_id), std::string(row.process_id), row.start_ms, row.end_ms});
    }
  }
  std::sort(stays.begin(), stays.end(), [](const ContractStay& a, const ContractStay& b) {
    return std::make_tuple(a.day(), std::cref(a.process_id), std::cref(a.room_id), a.from_ms) <
           std::make_tuple(b.day(), std::cref(b.process_id), std::cref(b.room_id), b.from_ms);
  });
  for (const ContractStay& stay : stays) {
    sink.take(stay);
  }
  return static_cast<std::int64_t>(stays.size());
}

std::int64_t give_polls(store::Reader& reader, const meter::Belief& belief,
                        const ContractGiven& given, ContractSink& sink) {
  return Polls(reader, belief.as_of_ms, given).give(sink);
}

}  // namespace fleetmeter::contract
