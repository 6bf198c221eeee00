#pragma once

#include "fleetmeter/table.hpp"

namespace fleetmeter {

/// A vendor's invoice against the store. Amounts are exact decimals in the invoice's currency.
struct Reconciliation {
  /// What was compared: one fact a row, `name` and `value`.
  Table header;
  /// One row per product: what was invoiced, what was metered with its bounds, the variances, the
  /// tolerances and the status; explained_by says by which other reading of the contract the
  /// vendor's figure comes out.
  Table lines;
  /// From invoiced to metered: each balance is the one before it plus the amount.
  Table waterfall;
  /// The policies that explain a product to the smallest unit, those that differ least first; when
  /// there is none, those within whose bounds it lies, or else the nearest.
  Table policies;
  /// The processes that could account for most of what is left, with the command that explains
  /// each.
  Table contributors;
  bool agrees = false;  ///< every line is MATCH, WITHIN_TOLERANCE, WITHIN_BOUNDS or UNBOUNDED, and
                        ///< all usage has a price
};

}  // namespace fleetmeter
