#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "fleetmeter/limits.hpp"
#include "fleetmeter/named_query.hpp"
#include "store/reader.hpp"
#include "store/sandbox.hpp"

namespace fleetmeter::ask {

/// What a question may know: the newest snapshot that counts (absent: all do), and the times that
/// are told of by then.
struct KnownSpan {
  std::optional<std::int64_t> known_seq;
  store::StoreSpan span;
};

/// Throws Error(usage) when a query reads observations of which it may need some that were moved to
/// files: of the process that it names, or of its window.
void expect_observations(const std::string& name,
                         const std::map<std::string, std::string>& parameters,
                         const Question& question, store::Reader& reader, SQLite::Database& db);

/// Runs one of queries/ in the sandbox, its parameters read from text by the types in its contract.
void run_query(const std::string& store_path, const std::string& name,
               const std::map<std::string, std::string>& parameters, const Question& question,
               const KnownSpan& known, const ProcessChoices& process, const std::stop_token& stop,
               RowSink& sink);

/// The same query for the sqlite3 shell; a parameter nobody gave is NULL.
[[nodiscard]] std::string script_of(const std::string& name,
                                    const std::map<std::string, std::string>& parameters,
                                    const Question& question, const store::StoreSpan& span);

}  // namespace fleetmeter::ask
