#include "ask/names.hpp"

#include "store/query.hpp"

namespace fleetmeter::ask {

namespace {

using namespace sql::queries::ask;  // NOLINT: the queries

template <class Query, class Name>
std::vector<std::string> all_of(SQLite::Database& db, Name Query::Out::*name) {
  std::vector<std::string> names;
  store::Query<Query> query(db);
  for (const auto& row : query.rows()) {
    names.emplace_back(row.*name);
  }
  return names;
}

}  // namespace

std::vector<std::string> names(NameKind kind, SQLite::Database& db) {
  switch (kind) {
    case NameKind::app:
      return all_of<ListAppNames>(db, &ListAppNames::Out::app_id);
    case NameKind::deployment:
      return all_of<ListDeploymentNames>(db, &ListDeploymentNames::Out::deployment_id);
    case NameKind::region:
      break;
  }
  return all_of<ListRegionNames>(db, &ListRegionNames::Out::region);
}

std::vector<std::string> process_ids(const std::string& begin, std::size_t most,
                                     SQLite::Database& db) {
  std::vector<std::string> ids;
  store::Query<ListProcessIdsFrom> query(db);
  for (const auto& row : query.rows({begin, static_cast<std::int64_t>(most)})) {
    if (!row.process_id.starts_with(begin)) {
      break;
    }
    ids.emplace_back(row.process_id);
  }
  return ids;
}

}  // namespace fleetmeter::ask
