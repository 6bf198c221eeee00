#pragma once

#include <optional>
#include <string_view>

#include "base/ratio.hpp"
#include "model/rate_card.hpp"

namespace fleetmeter::reconcile {

/// In what a quantity is compared: the unit of a rate, and for a GB how many bytes it has.
enum class Measure {
  vcpu_hour,
  active_hour,
  gb,         ///< of 10^9 bytes
  gb_of_gib,  ///< of 2^30 bytes, though it is called GB
  gib,        ///< called GiB; what is called GB has 10^9 bytes beside it
};
inline constexpr std::size_t kMeasures = 5;

[[nodiscard]] Measure measure_of(model::RateUnit unit, bool gb_is_gib);

/// How many of a measure one unit of an invoice is, exactly. One `vCPU minute` is 1/60 of a
/// vcpu_hour, and one `MB` is 1/1000 GB. An invoice that names no unit means the measure itself.
/// Absent when we do not know the unit, or when it says nothing about the measure: hours of
/// processes say nothing about hours of vCPUs.
[[nodiscard]] std::optional<base::Ratio> factor(std::string_view text, Measure measure);

}  // namespace fleetmeter::reconcile
