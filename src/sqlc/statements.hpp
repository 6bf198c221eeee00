#pragma once

#include <string>
#include <vector>

#include "sqlc/catalog.hpp"

namespace fleetmeter::sqlc {

/// Generated C++: `sql/statements.hpp`, a type for each file of the folders, made from its
/// contract.
///
/// queries/ingest/add_port.sql becomes `queries::ingest::AddPort`: `In` has a member for each
/// parameter, `Out` one for each column, both under the names of the contract and in its order. So
/// a column that was renamed, two that were swapped, and one that was forgotten do not compile. A
/// file that says `-- bulk` also gets `kBulk`, which inserts all rows of a virtual table at once.
/// Throws Fault when parameters and contract differ.
[[nodiscard]] std::string statements_header(const std::vector<Folder>& folders);

/// The texts behind every `kBulk`: `sql/statements.cpp`.
[[nodiscard]] std::string statements_source(const std::vector<Folder>& folders);

}  // namespace fleetmeter::sqlc
