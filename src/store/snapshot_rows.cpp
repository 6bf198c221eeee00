#include "store/snapshot_rows.hpp"

#include "base/invariant.hpp"
#include "base/sha256.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::int64_t kListCut = 10;  // the vendor's lists end here

const char* origin_name(model::TimeOrigin origin) {
  switch (origin) {
    case model::TimeOrigin::envelope:
      return "envelope";
    case model::TimeOrigin::flag:
      return "flag";
    case model::TimeOrigin::filename:
      return "filename";
    case model::TimeOrigin::mtime:
      return "mtime";
    case model::TimeOrigin::now:
      break;
  }
  return "now";
}

std::int64_t as_integer(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

SnapshotRows::SnapshotRows(SQLite::Database& db, ControlSums& sums)
    : digests_(db), find_(db), add_(db, sums.of("snapshot")) {}

bool SnapshotRows::has(const model::DocumentHead& head) {
  if (!head.observed_at_ms || digests_.is_surely_new(base::as_bytes(head.sha256))) {
    return false;
  }
  if (waiting_.contains(std::string(base::as_bytes(head.sha256)))) {
    flush();
  }
  return find_
      .first({.sha256 = {base::as_bytes(head.sha256)},
              .observed_at_ms = *head.observed_at_ms,
              .is_list = 0,
              .list_app_key = {},
              .list_region_key = {}})
      .has_value();
}

void SnapshotRows::add(std::int64_t snapshot_seq, std::int64_t source_key,
                       const model::DocumentHead& head, const DocumentTally& tally,
                       const ListRow& list) {
  base::check(head.observed_at_ms.has_value(),
              "a snapshot has its instant, or its observations would stand at none");
  const bool looks_cut = head.is_list && head.record_count == kListCut;
  add_.add({.snapshot_seq = snapshot_seq,
            .source_key = source_key,
            .byte_offset = as_integer(head.byte_offset),
            .byte_length = as_integer(head.byte_length),
            .sha256 = {base::as_bytes(head.sha256)},
            .observed_at_ms = *head.observed_at_ms,
            .observed_at_origin = origin_name(head.observed_at_origin),
            .list_kind = head.list_kind,
            .capped = head.capped.value_or(looks_cut) ? 1 : 0,
            .process_count = tally.stored,
            .room_count = tally.rooms,
            .duplicate_count = tally.duplicates,
            .restated_count = tally.restated,
            .reject_count = tally.rejected,
            .egressed_bytes_sum = as_integer(tally.egressed_sum),
            .list_app_key = list.app_key,
            .list_region_key = list.region_key,
            .list_proof = list.proof,
            .list_is_given = head.list_is_given ? 1 : 0});
  waiting_.emplace(base::as_bytes(head.sha256));
  digests_.note_added(base::as_bytes(head.sha256), snapshot_seq);
}

}  // namespace fleetmeter::store
