#pragma once

#include <cstdint>
#include <map>
#include <unordered_set>
#include <vector>

#include "contract/curves.hpp"
#include "fleetmeter/contract.hpp"
#include "store/reader.hpp"

namespace fleetmeter::contract {

/// What rows add up to. Wider than the rows, so that it is noticed when a sum over them would
/// overflow in a database.
struct Totals {
  std::int64_t processes = 0;
  std::int64_t hours = 0;
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;
};

/// Hands over the rows of `process` and `process_hour`, day by day.
///
/// Processes are taken in the order of their earliest time. When all that begin before the end of
/// a day were taken, no row of that day is to come: it is handed over, and memory lets it go. So
/// memory holds the life of every process, and the rows of the days in which some process that was
/// taken goes on.
class Processes {
 public:
  Processes(store::Reader& reader, const meter::Belief& belief, const ContractGiven& given,
            ContractSink& sink)
      : reader_(reader), belief_(belief), given_(given), sink_(sink) {}

  Totals give();

 private:
  [[nodiscard]] bool is_asked_for(const model::ProcessFacts& facts);
  void take(const model::ProcessFacts& facts);
  void count(const ContractProcess& row);
  /// Hands over the days before this one.
  void give_until(std::int64_t day);

  store::Reader& reader_;
  meter::Belief belief_;
  ContractGiven given_;
  ContractSink& sink_;
  std::unordered_set<std::int64_t> touched_;  ///< by process_key, where only these are asked for
  std::map<std::int64_t, std::vector<ContractProcess>> processes_;  ///< by day
  std::map<std::int64_t, std::vector<ContractHour>> hours_;         ///< by day
  Totals totals_;
};

/// The day of an instant, counted from 1970.
[[nodiscard]] std::int64_t day_of(std::int64_t at_ms);

}  // namespace fleetmeter::contract
