#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/decimal.hpp"
#include "fleetmeter/question.hpp"
#include "meter/life.hpp"
#include "settle/terms.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What of a charge is a room's; that of no room is idle.
struct Allocated {
  std::string process_id;
  std::string room_id;
  Decimal ratio;    ///< of the process's charge: those of one charge sum to 1
  Decimal seconds;  ///< by which it is shared
};

/// One charge: what one app used of one product in one region on one day, at one price.
struct FocusCharge {
  meter::Window billing_period;
  meter::Window period;
  std::string app_id;
  std::string region;
  std::size_t rate_no = 0;
  std::size_t tier_no = 0;
  /// What the line of a rate, rounded once a month, is more than its charges: a cost alone.
  bool is_rounding = false;
  Bounded<Decimal> quantity;  ///< in the unit of the rate
  Bounded<Decimal> cost;
  Decimal consumed;                    ///< exact: seconds of vCPUs or processes, or bytes
  std::optional<Allocated> allocated;  ///< when divided by room
  std::int64_t processes = 0;
  std::int64_t open_processes = 0;
  /// In the period: how long more may have run in this app and region than anybody saw.
  std::int64_t unseen_ms = 0;
};

struct FocusCharges {
  std::vector<FocusCharge> charges;  ///< by billing period, day, app, region, rate and tier
  std::vector<std::string> remarks;  ///< what has no price, and is in no charge
};

/// The costs sum exactly to the amounts that cost() gives. `by_room`: charges are those of each
/// process, and shared among its rooms.
[[nodiscard]] FocusCharges focus_charges(const Question& question, const Terms& terms, bool by_room,
                                         store::Reader& reader);

}  // namespace fleetmeter::settle
