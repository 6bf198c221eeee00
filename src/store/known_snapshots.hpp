#pragma once

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>

#include "model/known_documents.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Asks a store which documents it has, on a connection of its own, so that another thread may
/// write meanwhile. What is not committed yet is not known; what is, stays: snapshots are never
/// deleted.
class KnownSnapshots final : public model::KnownDocuments {
 public:
  /// `trusts_lists`: whether running lists count as evidence in this run.
  KnownSnapshots(std::string path, bool trusts_lists)
      : path_(std::move(path)), trusts_lists_(trusts_lists) {}

  [[nodiscard]] std::optional<model::KnownDocument> find(const base::Sha256& sha256,
                                                         model::Instant fallback_at_ms,
                                                         const model::ListClaim& claim) override;

 private:
  void open();

  std::string path_;
  bool trusts_lists_;
  bool is_open_ = false;
  std::unique_ptr<SQLite::Database> db_;
  std::unique_ptr<Query<ingest::FindKnownDocument>> find_;  ///< null when the store cannot be asked
};

}  // namespace fleetmeter::store
