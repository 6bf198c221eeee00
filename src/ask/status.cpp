#include <filesystem>

#include "ask/evidence.hpp"
#include "store/connection.hpp"
#include "store/query.hpp"

namespace fleetmeter::ask {

namespace {

std::int64_t size_of(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  return failure ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace

std::vector<TreeSize> sizes(SQLite::Database& db) {
  const std::int64_t observations =
      store::Query<store::ask::Status>(db).first().value().observations;
  std::vector<TreeSize> all;
  store::Query<store::ask::Sizes> trees(db);
  for (const auto& row : trees.rows()) {
    TreeSize size{row.table, row.name, row.bytes, row.unused_bytes, {}};
    if (observations > 0) {
      size.bytes_per_observation = Decimal(row.bytes * 100 / observations, 2);
    }
    all.push_back(std::move(size));
  }
  return all;
}

StoreStatus status(const std::string& store_path, store::Reader& reader, bool counts_gaps) {
  const auto row = store::Query<store::ask::Status>(reader.as_known()).first().value();
  StoreStatus status;
  status.store = store_path;
  status.schema_version = store::schema_version();
  status.store_bytes = size_of(store_path) + size_of(store_path + "-wal");
  status.first_observed_at_ms = row.first_observed_at_ms;
  status.last_observed_at_ms = row.last_observed_at_ms;
  status.sources = row.sources;
  status.snapshots = row.snapshots;
  status.capped_snapshots = row.capped_snapshots;
  status.processes = row.processes;
  status.rooms = row.rooms;
  status.ports = row.ports;
  status.observations = row.observations;
  status.duplicates = row.duplicates;
  status.restated = row.restated;
  status.rejects = row.rejects;
  status.set_aside = row.set_aside;
  status.made_good = row.made_good;
  status.shared_time = row.shared_time;
  status.running_lists = row.running_lists;
  status.proving_lists = row.proving_lists;
  status.scope_contradicted = row.scope_contradicted;
  status.gone = row.gone;
  status.pruned_observations = reader.pruned().total().observations;
  status.pruned_before_ms = reader.pruned().before_ms();
  if (counts_gaps) {
    status.gaps = static_cast<std::int64_t>(cover({}, 0, reader).gaps.size());
  }
  return status;
}

}  // namespace fleetmeter::ask
