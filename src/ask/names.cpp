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

}  // namespace fleetmeter::ask
