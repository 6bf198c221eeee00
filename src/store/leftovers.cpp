#include "store/leftovers.hpp"

#include <charconv>
#include <numeric>
#include <utility>

#include "base/sha256.hpp"
#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

namespace ingest = sql::queries::ingest;

constexpr std::string_view kFlood = "more faults than are kept of one source: ";
constexpr std::int64_t kMostOfSource = 10'000;  // a flood of faults fills no disk

std::int64_t as_integer(std::uint64_t offset) {
  return static_cast<std::int64_t>(offset);
}

}  // namespace

std::int64_t count_rejected(const model::DocumentPart& part) {
  return std::accumulate(
      part.rejects.begin(), part.rejects.end(), std::int64_t{0},
      [](std::int64_t sum, const model::Reject& reject) { return sum + reject.stands_for; });
}

Leftovers::Leftovers(SQLite::Database& db, std::function<std::int64_t()> source_key)
    : source_key_(std::move(source_key)),
      add_reject_(db, ingest::add_reject),
      find_rejected_(db, ingest::find_rejected_document),
      last_key_(db, ingest::last_reject_key),
      find_flood_(db, ingest::find_flood),
      find_set_aside_(db, ingest::find_set_aside),
      add_set_aside_(db, ingest::add_set_aside) {}

void Leftovers::begin_source(const std::string& path) {
  path_ = path;
  told_ = left_out_ = 0;
  flood_before_ = 0;
}

std::int64_t Leftovers::flood_before() {
  if (path_ == "-") {
    return 0;
  }
  find_flood_.bind(":path", std::string_view(path_))
      .bind(":reason_begins", kFlood)
      .bind(":last_reject_key", last_key_before_);
  const std::string faults = find_flood_.next() ? find_flood_.text(0) : "";
  find_flood_.reset();
  std::int64_t count = 0;
  std::from_chars(faults.data(), faults.data() + faults.size(), count);
  return count;
}

void Leftovers::begin_run(std::int64_t now_ms) {
  now_ms_ = now_ms;
  last_key_before_ = last_key_.next() ? last_key_.integer(0) : 0;
  last_key_.reset();
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
    if (!snapshot_seq && first) {
      add_reject_.bind_blob(":document_sha256", base::as_bytes(part.head.sha256));
    } else {
      add_reject_.bind_null(":document_sha256");
    }
    write_reject(reject, snapshot_seq);
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
  add_reject_.bind_null(":document_sha256");
  write_row(rest, std::nullopt);
  return flood_before_ == 0 ? 0 : all - flood_before_;
}

void Leftovers::write_reject(const model::Reject& reject,
                             std::optional<std::int64_t> snapshot_seq) {
  if (told_ >= kMostOfSource) {
    if (left_out_ == 0) {
      flood_before_ = flood_before();
    }
    left_out_ += reject.stands_for;
    return;
  }
  ++told_;
  write_row(reject, snapshot_seq);
}

void Leftovers::write_row(const model::Reject& reject, std::optional<std::int64_t> snapshot_seq) {
  add_reject_.bind(":source_key", source_key_())
      .bind(":snapshot_seq", snapshot_seq)
      .bind(":record_offset", as_integer(reject.record_offset))
      .bind(":record_length", as_integer(reject.record_length))
      .bind(":byte_offset", as_integer(reject.byte_offset))
      .bind(":json_pointer", std::string_view(reject.json_pointer))
      .bind(":reason", std::string_view(reject.reason))
      .bind(":ingested_at_ms", now_ms_);
  if (reject.raw.empty()) {
    add_reject_.bind_null(":raw");
  } else {
    add_reject_.bind_blob(":raw", reject.raw);
  }
  add_reject_.run();
}

std::optional<std::int64_t> Leftovers::reject_of(const model::DocumentPart& part) {
  if (path_ == "-") {
    return std::nullopt;  // what comes through a pipe is never what came before
  }
  find_rejected_.bind_blob(":document_sha256", base::as_bytes(part.head.sha256))
      .bind(":path", std::string_view(path_))
      .bind(":record_offset", as_integer(part.rejects.front().record_offset));
  const auto key = find_rejected_.next() ? std::optional(find_rejected_.integer(0)) : std::nullopt;
  find_rejected_.reset();
  return key;
}

void Leftovers::write_set_aside(const model::DocumentPart& part) {
  for (const model::SetAside& object : part.set_aside) {
    const base::Sha256 digest = base::sha256(object.raw);
    find_set_aside_.bind_blob(":sha256", base::as_bytes(digest));
    const bool known = find_set_aside_.next();
    find_set_aside_.reset();
    if (known) {
      continue;
    }
    add_set_aside_.bind(":source_key", source_key_())
        .bind(":byte_offset", as_integer(object.byte_offset))
        .bind_blob(":sha256", base::as_bytes(digest))
        .bind(":kind", std::string_view(object.kind))
        .bind_blob(":raw", object.raw)
        .bind(":ingested_at_ms", now_ms_)
        .run();
  }
}

}  // namespace fleetmeter::store
