#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <vector>

namespace fleetmeter::store {

/// A sealed month, as it was written down.
struct StoredSeal {
  std::int64_t seal_seq = 0;  ///< from 1
  std::string month;
  std::string zone;
  std::int64_t as_of_ms = 0;
  std::int64_t known_seq = 0;
  std::string checkpoint;
  std::string signatures;
  std::int64_t sealed_at_ms = 0;
  std::vector<std::string> lines;
  /// What is wrong with how the lines are kept; empty: nothing. They are numbered from 0.
  std::string damage;
};

/// The numbers of the newest snapshot and of the newest document about money; 0: there is none.
struct NewestKnown {
  std::int64_t known_seq = 0;
  std::int64_t money_seq = 0;
};
[[nodiscard]] NewestKnown newest_known(SQLite::Database& db);

/// Every seal, in the order in which they were made, whole or not: of lines that are of no seal,
/// one is made up that has nothing else.
[[nodiscard]] std::vector<StoredSeal> seals_as_kept(SQLite::Database& db);

/// The same of a store in which they are whole; otherwise throws Error(foreign_store).
[[nodiscard]] std::vector<StoredSeal> seals_in(SQLite::Database& db);

/// Writes a seal down. The caller holds a write transaction.
void add_seal(SQLite::Database& db, const StoredSeal& seal);

}  // namespace fleetmeter::store
