#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/contract.hpp"
#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/store.hpp"
#include "fleetmeter/table.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// A file of a lake, and what became of it.
struct LakeFile {
  enum class Change {
    written,
    kept,     ///< it was there, with just these bytes
    removed,  ///< it was there, and no file says this any more
  };

  std::string table;
  std::string file;  ///< in the folder, such as process/day=2024-11-03/DIGEST.parquet
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::string sha256;  ///< hexadecimal; the file is called by it
  Change change = Change::written;

  static const std::vector<Column<LakeFile>>& columns();
};

/// Writes the contract tables of a store into a folder, a file for each table and day of UTC that
/// has rows, and `manifest.json`, which lists them with their digests. Of the question as-of,
/// grace, lifespan, absence and knowledge count.
///
/// A file is called by the digest of its bytes and never changed, and the manifest is put in its
/// place when all files are there: who reads by it sees one state, whatever happens meanwhile.
/// Files of which it says nothing any more go after that. The same store again writes nothing; a
/// store that grew replaces the days that changed. Only in the folders of the tables files go, and
/// only those that are called as ours are; all others stay untouched.
///
/// `format`: parquet or csv. Throws Error(busy) while another process writes the folder,
/// Error(data) when its manifest is not one of a lake, or is of the lake of another store (or of
/// one that knew more), Error(permission) when a folder of a table cannot be read, Error(usage) on
/// another format, and what Store::contract() throws.
std::vector<LakeFile> export_lake(const Store& store, const std::string& folder,
                                  const Question& question = {}, const ContractGiven& given = {},
                                  Format format = Format::parquet);

}  // namespace fleetmeter
