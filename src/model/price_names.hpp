#pragma once

#include "model/invoice.hpp"
#include "model/policy_names.hpp"
#include "model/rate_card.hpp"

namespace fleetmeter::model {

// What the values in rate cards and invoices are called: in their files, in the store and in what
// is answered.

inline constexpr std::array<Name<Product>, 2> kProductNames{
    {{Product::compute, "compute"}, {Product::egress, "egress"}}};
inline constexpr Names<Product> kProducts{kProductNames};

inline constexpr std::array<Name<RateUnit>, 4> kRateUnitNames{
    {{RateUnit::vcpu_hour, "vcpu_hour"},
     {RateUnit::active_hour, "active_hour"},
     {RateUnit::gb, "GB"},
     {RateUnit::gib, "GiB"}}};
inline constexpr Names<RateUnit> kRateUnits{kRateUnitNames};

inline constexpr std::array<Name<LineKind>, 6> kLineKindNames{{{LineKind::compute, "compute"},
                                                               {LineKind::egress, "egress"},
                                                               {LineKind::other, "other"},
                                                               {LineKind::discount, "discount"},
                                                               {LineKind::credit, "credit"},
                                                               {LineKind::tax, "tax"}}};
inline constexpr Names<LineKind> kLineKinds{kLineKindNames};

}  // namespace fleetmeter::model
