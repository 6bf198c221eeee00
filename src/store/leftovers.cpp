#include "store/leftovers.hpp"

#include <charconv>
#include <numeric>
#include <utility>

#include "base/sha256.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::string_view kFlood = "more faults than are kept of one source: ";
constexpr std::int64_t kMostOfSource = 10'000;  // a flood of faults fills no disk

std::int64_t as_integer(std::uint64_t offset) {
  return static_cast<std::int64_t>(offset);
}

}  // namespace

std::int64_t count_rejected(const model::DocumentPart& part) {
  if (part.stored) {
    return part.stored->rejected;
  }
  return std::accumulate(
      part.rejects.begin(), part.rejects.end(), std::int64_t{0},
      [](std::int64_t sum, const model::Reject& reject) { return sum + reject.stands_for; });
}

Leftovers::Leftovers(SQLite::Database& db, ControlSums& sums, SourceWriter& source)
    : db_(db),
      rejects_(sums.of("reject")),
      set_aside_(sums.of("set_aside")),
      source_(source),
      add_reject_(db),
      list_rejected_(db),
      last_key_(db),
      find_flood_(db),
      find_set_aside_(db),
      add_set_aside_(db) {}

void Leftovers::begin_source() {
  told_ = left_out_ = flood_before_ = 0;
  rejected_.clear();
}

std::int64_t Leftovers::count_flood_before() {
  if (source_.path() == "-") {
    return 0;
  }
  const auto flood = find_flood_.first(
      {.path = source_.path(), .reason_begins = kFlood, .last_reject_key = last_key_before_});
  const std::string faults = flood ? flood->faults : "";
  std::int64_t count = 0;
  std::from_chars(faults.data(), faults.data() + faults.size(), count);
  return count;
}

void Leftovers::begin_run() {
  last_key_before_ = last_key_.first().value().reject_key;
}

bool Leftovers::write_rejects(const model::DocumentPart& part,
                              std::optional<std::int64_t> snapshot_seq) {
  const auto known = part.rejects.empty() || snapshot_seq ? std::nullopt : reject_of(part);
  if (known) {
    pass_over(part);
    return *known > last_key_before_;
  }
  bool first = true;
  for (const model::Reject& reject : part.rejects) {
    // The digest of a document that gave nothing stands on its first row, so that it is known.
    const bool says_digest = !snapshot_seq && first && part.head.sha256 != base::Sha256{};
    write_reject(reject, snapshot_seq,
                 says_digest ? Digest(sql::Blob{base::as_bytes(part.head.sha256)}) : Digest());
    first = false;
  }
  return told_ < kMostOfSource || flood_before_ == 0;
}

std::int64_t Leftovers::end_source() {
  const std::int64_t all = std::exchange(left_out_, 0);
  if (all <= flood_before_) {
    return 0;
  }
  model::Reject rest;
  rest.reason = std::string(kFlood) + std::to_string(all) + " more that are not kept";
  write_row(rest, std::nullopt, {});
  return flood_before_ == 0 ? 0 : all - flood_before_;
}

void Leftovers::write_reject(const model::Reject& reject, std::optional<std::int64_t> snapshot_seq,
                             const Digest& document_sha256) {
  if (told_ >= kMostOfSource) {
    if (left_out_ == 0) {
      flood_before_ = count_flood_before();
    }
    left_out_ += reject.stands_for;
    return;
  }
  ++told_;
  write_row(reject, snapshot_seq, document_sha256);
}

void Leftovers::write_refused(const model::DocumentHead& head, const DocumentTally& tally,
                              std::int64_t snapshot_seq) {
  const std::int64_t others = tally.refused - 1;
  model::Reject reject;
  reject.record_offset = reject.byte_offset = head.byte_offset;
  reject.record_length = head.byte_length;
  reject.reason = "process " + printable(tally.first_refused) +
                  (others == 0 ? ": its observations were pruned, so nothing can be added to them"
                               : " and " + std::to_string(others) + " more records: observations " +
                                     "were pruned, so nothing can be added to them");
  write_row(reject, snapshot_seq, sql::Blob{base::as_bytes(head.sha256)});
}

void Leftovers::write_row(const model::Reject& reject, std::optional<std::int64_t> snapshot_seq,
                          const Digest& document_sha256) {
  rejects_.insert(db_, add_reject_,
                  {.source_key = source_.key(),
                   .snapshot_seq = snapshot_seq,
                   .record_offset = as_integer(reject.record_offset),
                   .record_length = as_integer(reject.record_length),
                   .byte_offset = as_integer(reject.byte_offset),
                   .json_pointer = reject.json_pointer,
                   .reason = reject.reason,
                   .raw = reject.raw.empty() ? Digest() : Digest(sql::Blob{reject.raw}),
                   .document_sha256 = document_sha256,
                   .ingested_at_ms = source_.now_ms()});
}

std::optional<std::int64_t> Leftovers::reject_of(const model::DocumentPart& part) {
  if (source_.path() == "-") {
    return std::nullopt;  // what comes through a pipe is never what came before
  }
  const auto& places = places_of(part.head.sha256);
  const auto found = places.find(as_integer(part.rejects.front().record_offset));
  return found == places.end() ? std::nullopt : std::optional(found->second);
}

/// A source may hold the same bytes ten thousand times, so they are read once.
const Leftovers::Places& Leftovers::places_of(const base::Sha256& digest) {
  constexpr std::size_t kMostDigests = 1024;
  if (rejected_.size() >= kMostDigests && !rejected_.contains(digest)) {
    rejected_.clear();
  }
  const auto [known, is_new] = rejected_.try_emplace(digest);
  if (is_new) {
    for (const auto& row : list_rejected_.rows(
             {.document_sha256 = sql::Blob{base::as_bytes(digest)}, .path = source_.path()})) {
      known->second.try_emplace(row.record_offset, row.reject_key);
    }
  }
  return known->second;
}

void Leftovers::write_set_aside(const model::DocumentPart& part) {
  for (const model::SetAside& object : part.set_aside) {
    const base::Sha256 digest = base::sha256(object.raw);
    if (find_set_aside_.first({.sha256 = {base::as_bytes(digest)}})) {
      continue;
    }
    set_aside_.insert(db_, add_set_aside_,
                      {.source_key = source_.key(),
                       .byte_offset = as_integer(object.byte_offset),
                       .sha256 = {base::as_bytes(digest)},
                       .kind = object.kind,
                       .raw = {object.raw},
                       .ingested_at_ms = source_.now_ms()});
  }
}

}  // namespace fleetmeter::store
