#pragma once

#include <cstdint>

#include "rollup/deltas.hpp"
#include "rollup/sums.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

// A row of the table of buckets ↔ its sums. Rows that bear only the columns of one meter leave the
// other's sums at 0.

template <class Row>
void add_billing_sums(const Row& row, rollup::Sums<std::int64_t>& sums) {
  using rollup::Sum;
  sums[Sum::billed_count] = row.billed_count;
  sums[Sum::billed_ms] = row.billed_ms;
  sums[Sum::billed_lo_count] = row.billed_lo_count;
  sums[Sum::billed_lo_ms] = row.billed_lo_ms;
  sums[Sum::billed_hi_count] = row.billed_hi_count;
  sums[Sum::billed_hi_ms] = row.billed_hi_ms;
  sums[Sum::billed_begin] = row.billed_begin;
  sums[Sum::billed_end] = row.billed_end;
}

template <class Row>
void add_egress_sums(const Row& row, rollup::Sums<std::int64_t>& sums) {
  using rollup::Sum;
  sums[Sum::egress_bytes] = row.egress_bytes;
  sums[Sum::egress_bytes_lo] = row.egress_bytes_lo;
  sums[Sum::egress_bytes_hi] = row.egress_bytes_hi;
  sums[Sum::sent_begin] = row.sent_begin;
  sums[Sum::sent_end] = row.sent_end;
  sums[Sum::open_begin] = row.open_begin;
  sums[Sum::open_end] = row.open_end;
  sums[Sum::unmetered_begin] = row.unmetered_begin;
  sums[Sum::unmetered_end] = row.unmetered_end;
}

template <class Row>
[[nodiscard]] rollup::Sums<std::int64_t> sums_of(const Row& row) {
  rollup::Sums<std::int64_t> sums;
  add_billing_sums(row, sums);
  add_egress_sums(row, sums);
  return sums;
}

static_assert(ingest::SaveRollup::kParameters == 5 + rollup::kSums,
              "a row is a bucket's key of five columns and every sum, or one would not be kept");
[[nodiscard]] inline ingest::SaveRollup::In row_of(const rollup::BucketKey& key,
                                                   const rollup::Sums<std::int64_t>& sums) {
  using rollup::Sum;
  return {.level = static_cast<std::int64_t>(key.level),
          .bucket = key.bucket,
          .app_key = key.group.app_key,
          .deployment_key = key.group.deployment_key,
          .region_key = key.group.region_key,
          .billed_count = sums[Sum::billed_count],
          .billed_ms = sums[Sum::billed_ms],
          .billed_lo_count = sums[Sum::billed_lo_count],
          .billed_lo_ms = sums[Sum::billed_lo_ms],
          .billed_hi_count = sums[Sum::billed_hi_count],
          .billed_hi_ms = sums[Sum::billed_hi_ms],
          .billed_begin = sums[Sum::billed_begin],
          .billed_end = sums[Sum::billed_end],
          .egress_bytes = sums[Sum::egress_bytes],
          .egress_bytes_lo = sums[Sum::egress_bytes_lo],
          .egress_bytes_hi = sums[Sum::egress_bytes_hi],
          .sent_begin = sums[Sum::sent_begin],
          .sent_end = sums[Sum::sent_end],
          .open_begin = sums[Sum::open_begin],
          .open_end = sums[Sum::open_end],
          .unmetered_begin = sums[Sum::unmetered_begin],
          .unmetered_end = sums[Sum::unmetered_end]};
}

}  // namespace fleetmeter::store
