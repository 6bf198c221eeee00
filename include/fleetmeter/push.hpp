#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/contract.hpp"
#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/store.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What became of one database.
struct PushedShard {
  std::int64_t shard = 0;      ///< its place among the targets, from 0
  std::string database;        ///< its name, and the host if it has one; never a password
  std::int64_t from_seq = 0;   ///< its watermark before; 0: it was new
  std::int64_t to_seq = 0;     ///< and now
  std::int64_t processes = 0;  ///< whose facts were replaced
  std::int64_t hours = 0;      ///< rows of process_hour that they have now
  std::int64_t snapshots = 0;  ///< documents that were added
  bool changed = false;        ///< false: it was up to date

  static const std::vector<Column<PushedShard>>& columns();
};

/// Brings the contract tables of PostgreSQL databases up to date with a store: one database, or
/// several of which each holds the facts that shard_of() gives it, in the order of `targets`
/// (connection strings of libpq). The tables are made in the schema `fleetmeter` where they are
/// not.
///
/// All databases are reached and looked at before the first is changed, so that a wrong one among
/// them changes none. All of a database's changes are one transaction, which locks it against other
/// pushes, replaces the facts of processes that were observed since its watermark or were not
/// settled then, adds the documents that became known, compares all control totals with what the
/// tables hold, and moves the watermark last. So it is as before or as after, whenever it is
/// interrupted, and doing it again goes on from there. Databases of one push are brought to the
/// same watermark; while one of them is behind, their metas disagree.
///
/// Of the question grace, lifespan and absence count. Throws Error(usage) on a question with an
/// as-of or a state of knowledge, on a target that libpq cannot read, and on a database that is
/// named twice; Error(data) on a database of another store, of another version of these tables, of
/// other options or other shards, on a coordinator, on one that is ahead of the store, and on one
/// that does not hold what its control totals say; Error(io) when a database cannot be reached or
/// refuses. No message has a password, also of a target that libpq reads otherwise than it was
/// meant: until it is reached, a target is called by its number, from 1.
std::vector<PushedShard> push_tables(const Store& store, const std::vector<std::string>& targets,
                                     const Question& question = {},
                                     const ContractGiven& given = {});

}  // namespace fleetmeter
