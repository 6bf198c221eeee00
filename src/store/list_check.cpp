#include "store/list_check.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "store/list_timeline.hpp"

namespace fleetmeter::store {

namespace {

using Claim = ask::ListClaims::Out;
using Kept = ask::ListAllScopes::Out;
using Element = ask::ListElements::Out;

/// Takes the rows of one snapshot from a list that is sorted by it; `before` is called for rows of
/// earlier ones.
template <class Row, class Iterator, class End, class Before>
std::vector<Row> rows_of(std::int64_t snapshot_seq, Iterator& row, const End& end,
                         const Before& before) {
  std::vector<Row> rows;
  for (; row != end && (*row).snapshot_seq <= snapshot_seq; ++row) {
    if ((*row).snapshot_seq == snapshot_seq) {
      rows.push_back(*row);
    } else {
      before(*row);
    }
  }
  return rows;
}

/// The scopes that a list should have by its elements, when it does not say which app it is of.
std::vector<ListScope> scopes_of(const std::vector<Element>& elements) {
  std::vector<ListScope> scopes;
  for (const Element& one : elements) {
    if (one.app_key != model::kNoLabel) {
      scopes.push_back({one.app_key, one.region_key});
    }
  }
  return scopes;
}

model::Instant least(const std::vector<Element>& elements, model::Instant Element::*start) {
  model::Instant found;
  for (const Element& one : elements) {
    if (one.*start) {
      found = std::min(found.value_or(*(one.*start)), *(one.*start));
    }
  }
  return found;
}

/// What is wrong with a list; "" when nothing is. Some of its elements may not be here.
std::string fault_of(const Claim& claim, const std::vector<Kept>& kept,
                     const std::vector<Element>& elements, bool has_all_elements) {
  if (claim.list_proof.starts_with("nothing")) {
    return kept.empty() ? "" : "it proves nothing, and has a scope";
  }
  if (kept.empty()) {
    return "it proves something, and has no scope";
  }
  if (claim.list_proof != (claim.capped != 0 ? "from its floor on" : "all")) {
    return "it is kept to prove '" + claim.list_proof + "', and capped is " +
           std::to_string(claim.capped);
  }
  std::vector<ListScope> scopes;
  for (const Kept& one : kept) {
    scopes.push_back({one.app_key, one.region_key});
    if (one.observed_at_ms != claim.observed_at_ms) {
      return "its scope is of another time";
    }
    if (one.started_floor_ms.has_value() != (claim.capped != 0) ||
        one.starting_floor_ms.has_value() != (claim.capped != 0)) {
      return "a list has a floor when it was cut, and only then";
    }
  }
  if (claim.list_app_key
          ? scopes != std::vector<ListScope>{{*claim.list_app_key, claim.list_region_key.value_or(
                                                                       ListScope::kEveryRegion)}}
          : has_all_elements && scopes != scopes_of(elements)) {
    return "its scope is not what it was asked for, or holds";
  }
  for (const Kept& one : kept) {
    if (claim.capped != 0 && has_all_elements &&
        (one.started_floor_ms != least(elements, &Element::started_at_ms) ||
         one.starting_floor_ms != least(elements, &Element::starting_at_ms))) {
      return "its floor is not that of its elements";
    }
  }
  return "";
}

}  // namespace

Checked check_lists(SQLite::Database& db, Reader& reader) {
  Checked checked;
  const auto note = [&](const std::string& what) {
    checked.first = checked.first.empty() ? what : checked.first;
  };
  const auto is_of_none = [&](const Kept& row) {
    note("list_scope: snapshot " + std::to_string(row.snapshot_seq) + " is no running list");
  };
  Query<ask::ListClaims> claim_rows(db);
  Query<ask::ListAllScopes> scope_rows(db);
  Query<ask::ListElements> element_rows(db);
  const model::Instant before_ms = reader.pruned().before_ms();  // of what was moved to files
  auto scopes = scope_rows.rows();
  auto elements = element_rows.rows();
  auto scope = scopes.begin();
  auto element = elements.begin();
  for (const auto& claim : claim_rows.rows()) {
    const auto kept = rows_of<Kept>(claim.snapshot_seq, scope, scopes.end(), is_of_none);
    const auto held =
        rows_of<Element>(claim.snapshot_seq, element, elements.end(), [](const Element&) {});
    checked.count += 1;
    const bool has_all_elements =
        claim.duplicate_count == 0 && !(before_ms && claim.observed_at_ms < *before_ms);
    const std::string fault = fault_of(claim, kept, held, has_all_elements);
    if (!fault.empty()) {
      note("snapshot " + std::to_string(claim.snapshot_seq) + ": " + fault);
    }
  }
  for (; scope != scopes.end(); ++scope) {
    is_of_none(*scope);
  }
  Query<ask::ListRoamingFaults> roaming(db);
  for (const auto& row : roaming.rows()) {
    note("roaming_process: process " + reader.process_id(row.process_key) +
         ": its row is missing, or one too many");
  }
  return checked;
}

}  // namespace fleetmeter::store
