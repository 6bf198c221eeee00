#pragma once

// A biller that knows what really happened: it reads the simulator's truth and bills a month under
// rules that the program is not told. Its arithmetic is its own: whole numbers, long division.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/fleet.hpp"

namespace fleetmeter::test {

/// Wide enough for a fleet's milliseconds times hundredths of a vCPU times a price.
__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): __extension__ needs typedef

/// A fraction that is only ever compared and written out.
struct Fraction {
  Wide numerator = 0;
  Wide denominator = 1;
};

/// Digit by digit, `places` behind the point; a tie goes to the even digit.
[[nodiscard]] std::string decimal_text(const Fraction& value, int places);

/// The first instants of November and December 2024, by the clocks of some zone.
struct BilledMonth {
  const char* zone = "UTC";
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};
[[nodiscard]] const std::vector<BilledMonth>& billed_months();
[[nodiscard]] const BilledMonth& billed_month(const std::string& zone);

/// app and deployment
using Build = std::pair<std::string, std::string>;

/// The rules by which the biller counts.
struct HiddenPolicy {
  std::string zone = "UTC";
  bool from_starting = false;     ///< the clock starts at startingAt, not startedAt
  bool to_terminated = false;     ///< it stops at terminatedAt, not stoppingAt
  std::int64_t step_ms = 1;       ///< each process's time in the month is rounded up to it
  std::int64_t line_step_ms = 1;  ///< so is the sum, of one vCPU's time
  std::int64_t minimum_ms = 0;    ///< each process that ran in the month
  bool gib = false;
  std::optional<Build> doubled;  ///< counted with twice its vCPUs
};

/// Prices in hundredths of a cent, sizes in hundredths of a vCPU.
struct Contract {
  std::map<Build, std::int64_t> vcpu_hundredths;
  std::int64_t vcpu_hour_price = 800;
  std::int64_t gb_price = 1200;
};

/// What a month comes to.
struct MonthlyBill {
  Fraction vcpu_hours;
  Fraction gigabytes;
  Fraction compute;  ///< in the currency
  Fraction egress;
};

[[nodiscard]] MonthlyBill bill(const std::vector<sim::TrueProcess>& processes,
                               const HiddenPolicy& policy, const Contract& contract);

/// The sum of two fractions of one currency, each rounded to cents before.
[[nodiscard]] std::string sum_text(const std::string& a, const std::string& b);

/// The amount of a line whose quantity is billed as it is printed.
[[nodiscard]] std::string price_of_printed(const std::string& quantity, std::int64_t price);

}  // namespace fleetmeter::test
