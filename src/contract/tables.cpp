#include "contract/tables.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "ask/window.hpp"
#include "base/sha256.hpp"
#include "contract/places.hpp"
#include "contract/processes.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "fleetmeter/version.hpp"
#include "sql/catalog.hpp"

namespace fleetmeter {

std::vector<ContractQuery> contract_queries() {
  std::vector<ContractQuery> queries;
  for (const sql::SqlText* file : sql::all_queries_contract) {
    const std::string_view name = file->path.substr(file->path.find_last_of('/') + 1);
    queries.push_back({std::string(name.substr(0, name.size() - 4)), std::string(file->text)});
  }
  return queries;
}

ContractQuery contract_query(const std::string& name) {
  for (ContractQuery& query : contract_queries()) {
    if (query.name == name) {
      return std::move(query);
    }
  }
  throw Error(ErrorKind::usage,
              "no statement over contract tables is called so (" + printable(name) + ")");
}

std::int64_t shard_of(const std::string& known_by, std::int64_t shards) {
  const base::Sha256 digest = base::sha256(known_by);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number = number << 8U | digest[i];
  }
  return static_cast<std::int64_t>(number % static_cast<std::uint64_t>(shards));
}

}  // namespace fleetmeter

namespace fleetmeter::contract {

namespace {

constexpr std::int64_t kContractVersion = 1;
constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kDay_ms = 86'400'000;

void expect_part_of_day(std::int64_t grain_ms) {
  if (grain_ms < kMinute_ms || grain_ms > kDay_ms || kDay_ms % grain_ms != 0) {
    throw Error(ErrorKind::usage, spelled(Term::grain) +
                                      ": a whole part of a day, and a minute or more, such as 1h "
                                      "or 15m");
  }
}

std::int64_t in_64_bits(const char* what, Int128 total) {
  if (total > std::numeric_limits<std::int64_t>::max()) {
    throw Error(ErrorKind::data,
                std::string("the ") + what + " of all processes is more than 64 bits hold (" +
                    to_text(total) + "); a database that adds in 64 bits would answer wrongly");
  }
  return static_cast<std::int64_t>(total);
}

Bounded<std::int64_t> in_64_bits(const char* what, const Bounded<Int128>& total) {
  return {in_64_bits(what, total.point), in_64_bits(what, total.lo), in_64_bits(what, total.hi)};
}

std::int64_t give_snapshots(store::Reader& reader, std::int64_t known_seq,
                            const ContractGiven& given, ContractSink& sink) {
  std::int64_t count = 0;
  store::Query<store::ask::ListDocuments> documents(reader.as_known());
  for (const auto& row : documents.rows({.known_seq = known_seq})) {
    const std::string sha256 = base::to_hex(row.sha256);
    const bool is_new = !given.after_seq || row.snapshot_seq > *given.after_seq;
    if (is_new && shard_of(sha256, given.shards) == given.shard) {
      sink.take(ContractSnapshot{row.snapshot_seq, row.observed_at_ms, std::string(row.source),
                                 row.byte_offset, row.byte_length, sha256, row.process_count,
                                 row.room_count, row.duplicate_count, row.restated_count,
                                 row.reject_count, row.egressed_bytes_sum});
      count += 1;
    }
  }
  return count;
}

}  // namespace

std::string history_digest(store::Reader& reader, std::int64_t known_seq) {
  base::Sha256Stream all;
  store::Query<store::ask::ListHistory> history(reader.as_known());
  for (const auto& row : history.rows({.known_seq = known_seq})) {
    all.update(std::to_string(row.snapshot_seq) + ' ' + std::to_string(row.observed_at_ms) + ' ');
    all.update(row.sha256);
  }
  return base::to_hex(base::as_bytes(all.finish()));
}

ContractMeta head(const Question& question, const ContractGiven& given, store::Reader& reader) {
  expect_part_of_day(given.grain_ms);
  const meter::Belief belief = ask::resolve(question, reader.span()).belief;
  ContractMeta meta;
  meta.contract_version = kContractVersion;
  meta.program_version = FLEETMETER_VERSION;
  meta.watermark_seq = reader.newest_snapshot();
  meta.history_sha256 = history_digest(reader, meta.watermark_seq);
  meta.as_of_ms = belief.as_of_ms;
  meta.grain_ms = given.grain_ms;
  meta.grace_ms = belief.grace_ms;
  meta.max_lifespan_ms = belief.max_lifespan_ms;
  meta.absence = absence_name(question.absence);
  return meta;
}

void give_tables(const Question& question, const ContractGiven& given, store::Reader& reader,
                 ContractSink& sink) {
  ContractMeta meta = head(question, given, reader);
  const meter::Belief belief{meta.as_of_ms, meta.grace_ms, meta.max_lifespan_ms};
  const Totals totals = Processes(reader, belief, given, sink).give();
  meta.processes = totals.processes;
  meta.hours = totals.hours;
  meta.billable_ms = in_64_bits("billable time", totals.billable_ms);
  meta.egress_bytes = in_64_bits("egress", totals.egress_bytes);
  meta.stays = give_stays(reader, belief, given, sink);
  meta.polls = give_polls(reader, belief, given, sink);
  meta.snapshots = give_snapshots(reader, meta.watermark_seq, given, sink);
  sink.take(meta);
}

}  // namespace fleetmeter::contract
