#pragma once

#include <cstdint>

#include "rollup/account.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Sets the columns of process_meter that say how far the curve of a process has come.
template <class Row>
void put_track(const rollup::Account& account, Row& row) {
  const auto& track = account.track;
  if (track) {
    row.first_reading_ms = track->first_reading_ms;
    row.rise_ms = track->rise_ms;
    row.top_ms = track->top_ms;
    row.last_reading_ms = track->last_ms;
    row.egress_bytes = track->bytes;
  }
  row.below = track && track->below ? 1 : 0;
  row.plain = !track || track->plain ? 1 : 0;
}

/// The row of process_meter that an account of a process is kept as. `Row` has all its columns: it
/// is the row that is written, or the one that is read.
template <class Row>
[[nodiscard]] Row meter_row(std::int64_t process_key, const rollup::Account& account) {
  const meter::Contribution& contribution = account.contribution;
  Row row{};
  row.process_key = process_key;
  row.app_key = account.group.app_key;
  row.deployment_key = account.group.deployment_key;
  row.region_key = account.group.region_key;
  row.extent = rollup::extent_of(contribution);
  row.from_ms = contribution.from_ms;
  row.to_ms = contribution.to_ms;
  row.tail_ms = contribution.tail_ms;
  row.irregular = contribution.irregular ? 1 : 0;
  row.unended_ms = account.unended_ms;
  put_track(account, row);
  return row;
}

}  // namespace fleetmeter::store
