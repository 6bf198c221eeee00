#include "store/stored_documents.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/label_key.hpp"
#include "store/pruned.hpp"

namespace fleetmeter::store {

namespace {

std::uint64_t as_offset(std::int64_t stored) {
  return static_cast<std::uint64_t>(stored);
}

base::Sha256 digest_of(std::string_view bytes) {
  const std::optional<base::Sha256> digest = base::as_sha256(bytes);
  return digest ? *digest : throw damaged("snapshot.sha256 has not 32 bytes");
}

model::TimeOrigin origin_of(std::string_view name) {
  using enum model::TimeOrigin;
  return name == "envelope"   ? envelope
         : name == "flag"     ? flag
         : name == "filename" ? filename
         : name == "mtime"    ? mtime
                              : now;
}

model::Reject reject_of(const ask::ListStoredRejects::Out& row) {
  model::Reject reject;
  reject.record_offset = as_offset(row.record_offset);
  reject.record_length = as_offset(row.record_length);
  reject.byte_offset = as_offset(row.byte_offset);
  reject.json_pointer = row.json_pointer;
  reject.reason = row.reason;
  reject.raw = row.raw.value_or("");
  return reject;
}

/// Throws when observations are missing: before any are read.
const Part& whole(const Part& part) {
  part.reader->pruned().expect_all();
  return part;
}

/// The rooms that a process lists; null: it has no list.
using Listed = std::shared_ptr<const StoredRecords::Rooms>;

/// A document may tell of one room twice, in the lists of two processes. What it told first has the
/// lower number, so that is how the order of its records is known where it matters.
void put_in_order(const std::vector<Listed>& listed, std::vector<model::Observation>& processes) {
  std::unordered_map<std::int64_t, std::size_t> told;  // how often, by room
  for (const Listed& rooms : listed) {
    for (std::size_t i = 0; rooms && i < rooms->size(); ++i) {
      told[(*rooms)[i].room_key] += 1;
    }
  }
  std::vector<std::pair<std::int64_t, std::size_t>> order;  // by the number of what is told twice
  for (std::size_t place = 0; place < listed.size(); ++place) {
    const Listed& rooms = listed[place];
    order.emplace_back(-1, place);
    for (std::size_t i = 0; rooms && i < rooms->size(); ++i) {
      if (told[(*rooms)[i].room_key] > 1) {
        order.back().first = std::max(order.back().first, (*rooms)[i].room_fact_no);
      }
    }
  }
  if (std::is_sorted(order.begin(), order.end())) {
    return;
  }
  std::sort(order.begin(), order.end());
  std::vector<model::Observation> sorted;
  for (const auto& [number, place] : order) {
    sorted.push_back(std::move(processes[place]));
  }
  processes = std::move(sorted);
}

}  // namespace

StoredDocuments::StoredDocuments(const Part& part)
    : part_(whole(part)),
      records_(part),
      documents_(*part.db),
      observations_(*part.db),
      rooms_(*part.db),
      scopes_(*part.db),
      rejects_(*part.db),
      set_aside_(*part.db) {}

std::optional<std::int64_t> StoredDocuments::next_at_ms() const {
  return documents_.has_next() ? std::optional(documents_.next().observed_at_ms) : std::nullopt;
}

std::optional<ToldDocument> StoredDocuments::next_leftover() {
  ToldDocument document;
  if (rejects_.has_next() && rejects_.next().snapshot_seq == 0) {
    const auto& row = rejects_.next();
    document.source = {row.source, row.encoding};
    document.part.malformed = true;
    document.part.head.sha256 =
        row.document_sha256 ? digest_of(*row.document_sha256) : base::Sha256{};
    document.part.rejects.push_back(reject_of(row));
    rejects_.advance();
    return document;
  }
  if (set_aside_.has_next()) {
    const auto& row = set_aside_.next();
    document.source = {row.source, row.encoding};
    document.part.set_aside.push_back({as_offset(row.byte_offset), row.kind, row.raw});
    set_aside_.advance();
    return document;
  }
  return std::nullopt;
}

ToldDocument StoredDocuments::next() {
  ToldDocument document;
  put_head(documents_.next(), document);
  documents_.advance();
  put_processes(document);
  for (; rooms_.has_next() && rooms_.next().snapshot_seq == document.snapshot_seq;
       rooms_.advance()) {
    document.part.rooms.push_back(records_.room(rooms_.next(), document.part.texts));
  }
  put_scopes(document);
  put_rejects(document);
  document.part.held_bytes = sizeof(model::Observation) * document.part.processes.size();
  return document;
}

void StoredDocuments::put_processes(ToldDocument& document) {
  std::vector<Listed> listed;
  for (; observations_.has_next() && observations_.next().snapshot_seq == document.snapshot_seq;
       observations_.advance()) {
    const auto& row = observations_.next();
    document.part.processes.push_back({records_.process(row), row.egressed_bytes});
    listed.push_back(records_.listed());
  }
  put_in_order(listed, document.part.processes);
}

void StoredDocuments::put_head(const ask::ListStoredDocuments::Out& row, ToldDocument& document) {
  document.source = {row.source, row.encoding};
  document.snapshot_seq = row.snapshot_seq;
  model::DocumentPart& part = document.part;
  const auto kept = [&](const std::optional<std::string>& text) {
    return text ? model::Text(part.texts.keep(*text)) : std::nullopt;
  };
  const auto label = [&](const std::optional<std::int64_t>& label_key) {
    return label_key ? model::Text(part.texts.keep(part_.reader->label(label_key))) : std::nullopt;
  };
  part.head.byte_offset = as_offset(row.byte_offset);
  part.head.byte_length = as_offset(row.byte_length);
  part.head.sha256 = digest_of(row.sha256);
  part.head.observed_at_ms = row.observed_at_ms;
  part.head.observed_at_origin = origin_of(row.observed_at_origin);
  part.head.capped = row.capped != 0;
  part.head.list_kind = kept(row.list_kind);
  part.head.list_app = label(row.list_app_key);
  part.head.list_region = label(row.list_region_key);
  part.head.list_is_given = row.list_is_given != 0;
  part.head.is_list = row.list_proof.has_value();  // of one that counted as none nothing follows
  part.head.is_null_list = row.list_proof == "nothing: no list";
  part.bytes = static_cast<std::size_t>(row.byte_length);
  part.stored.emplace();
  part.stored->duplicates = row.duplicate_count;
  part.stored->rejected = row.reject_count;
  part.stored->list_proof = row.list_proof;
}

void StoredDocuments::put_scopes(ToldDocument& document) {
  for (; scopes_.has_next() && scopes_.next().snapshot_seq == document.snapshot_seq;
       scopes_.advance()) {
    const auto& row = scopes_.next();
    model::StoredScope& scope = document.part.stored->list_scopes.emplace_back();
    scope.app = part_.reader->label(row.app_key);
    if (const auto region = model::label_of(row.region_key)) {
      scope.region = part_.reader->label(region);
    }
    scope.started_floor_ms = row.started_floor_ms;
    scope.starting_floor_ms = row.starting_floor_ms;
  }
}

void StoredDocuments::put_rejects(ToldDocument& document) {
  for (; rejects_.has_next() && rejects_.next().snapshot_seq == document.snapshot_seq;
       rejects_.advance()) {
    document.part.rejects.push_back(reject_of(rejects_.next()));
  }
}

}  // namespace fleetmeter::store
