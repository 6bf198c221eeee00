#include "store/list_writer.hpp"

#include <algorithm>
#include <utility>

#include "base/sha256.hpp"
#include "model/label_key.hpp"
#include "store/connection.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::uint64_t kListCut = 10;  // the vendor's lists end here
constexpr std::size_t kMostPlacesKept = 50'000;
constexpr std::string_view kContradicted = "nothing: scope contradicted";

bool is_capped(const model::DocumentHead& head) {
  return head.capped.value_or(head.record_count >= kListCut);
}

}  // namespace

ListWriter::ListWriter(SQLite::Database& db, Labels& labels, SightingWriter& sightings)
    : labels_(labels), sightings_(sightings), find_(db), place_at_(db), add_scope_(db) {}

void ListWriter::begin_document(bool may_be_list) {
  is_watching_ = trusts_lists_ && may_be_list;
  elements_ = 0;
  seen_in_.clear();
  all_have_starts_ = all_are_v1_ = true;
  floor_ = {};
}

void ListWriter::take_in(const model::ProcessAttributes& process, std::size_t place_no) {
  if (seen_in_.empty() || place_no != last_place_) {
    last_place_ = place_no;
    seen_in_.insert(place_no);
  }
  all_are_v1_ = all_are_v1_ && process.is_v1;
  if (!process.started_at_ms || !process.starting_at_ms) {
    all_have_starts_ = false;
  } else if (elements_ == 0) {
    floor_ = {*process.started_at_ms, *process.starting_at_ms};
  } else {
    floor_.started_ms = std::min(floor_.started_ms, *process.started_at_ms);
    floor_.starting_ms = std::min(floor_.starting_ms, *process.starting_at_ms);
  }
  ++elements_;
}

void ListWriter::see_again(const model::ProcessAttributes& process) {
  if (is_watching_) {
    take_in(process, sightings_.place_of(model::key_part(labels_.key_of(process.app_id)),
                                         model::key_part(labels_.key_of(process.region))));
  }
}

bool ListWriter::counts(const model::DocumentHead& head) const {
  return trusts_lists_ && model::is_running_list(head);
}

/// One that proves nothing for a reason that its own bytes are is never news.
bool ListWriter::is_news(const model::DocumentHead& head, std::int64_t rejected) {
  return counts(head) && rejected == 0 && !head.is_null_list && head.observed_at_ms &&
         !find_.first({.sha256 = {base::as_bytes(head.sha256)},
                       .observed_at_ms = *head.observed_at_ms,
                       .is_list = 1,
                       .list_app_key = labels_.key_of(head.list_app),
                       .list_region_key = labels_.key_of(head.list_region)});
}

ListRow ListWriter::end_document(const model::DocumentHead& head, std::int64_t snapshot_seq,
                                 std::int64_t rejected) {
  row_ = {};
  row_.app_key = labels_.key_of(head.list_app);
  row_.region_key = labels_.key_of(head.list_region);
  scopes_.clear();
  if (counts(head)) {
    row_.proof = proof_of(head, rejected);
  }
  for (const ListScope& scope : scopes_) {
    new_lists_.push_back(
        {scope,
         {*head.observed_at_ms, snapshot_seq, is_capped(head) ? floor_ : meter::ListFloor()},
         scopes_.size() > 1});
  }
  is_watching_ = false;
  return row_;
}

ListRow ListWriter::end_stored(const model::DocumentHead& head, const model::StoredDocument& stored,
                               std::int64_t snapshot_seq) {
  for (const model::StoredScope& one : stored.list_scopes) {
    new_lists_.push_back({{labels_.key_of(std::string_view(one.app)),
                           model::key_part(labels_.key_of(model::Text(one.region)))},
                          {*head.observed_at_ms,
                           snapshot_seq,
                           {one.started_floor_ms.value_or(meter::ListFloor::kNone_ms),
                            one.starting_floor_ms.value_or(meter::ListFloor::kNone_ms)}},
                          stored.list_scopes.size() > 1});
  }
  ListRow row;
  row.app_key = labels_.key_of(head.list_app);
  row.region_key = labels_.key_of(head.list_region);
  row.proof = stored.list_proof;
  row.contradicts_scope = row.proof == kContradicted;
  return row;
}

/// What a running list proves; when it proves something, `scopes_` are those that it speaks for.
std::string_view ListWriter::proof_of(const model::DocumentHead& head, std::int64_t rejected) {
  if (head.is_null_list) {
    return "nothing: no list";
  }
  const bool has_scopes = find_scopes();
  row_.contradicts_scope = !has_scopes && (row_.app_key || row_.region_key);
  const std::vector<ListScope> scopes = std::exchange(scopes_, {});
  if (row_.contradicts_scope) {
    return kContradicted;
  }
  if (rejected > 0) {
    return "nothing: rejects";
  }
  if (elements_ != head.record_count) {
    return "nothing: not all are processes";
  }
  if (head.record_count > kListCut && head.capped.value_or(true)) {
    return "nothing: too long";
  }
  if (is_capped(head) && head.record_count == 0) {
    return "nothing: cut and empty";
  }
  if (head.scope_unread) {
    return "nothing: scope unread";
  }
  if (is_capped(head) && !(all_have_starts_ && all_are_v1_)) {
    return "nothing: no floor";
  }
  if (!has_scopes || scopes.empty()) {
    return "nothing: no scope";
  }
  scopes_ = scopes;
  return is_capped(head) ? "from its floor on" : "all";
}

/// False when the list does not say what it speaks for, or contradicts what it was asked for.
bool ListWriter::find_scopes() {
  std::vector<ListScope> found;
  for (const std::size_t place_no : seen_in_) {
    const Place place = place_at(place_no);
    const bool has_app = place.app_key != model::kNoLabel;
    const bool is_asked = (!row_.app_key || place.app_key == *row_.app_key) &&
                          (!row_.region_key || place.region_key == *row_.region_key);
    const bool is_whole = has_app && place.region_key != model::kNoLabel;
    if (!is_asked || (!row_.app_key && !row_.region_key && !is_whole)) {
      return false;
    }
    if (has_app) {
      found.push_back({place.app_key, place.region_key});
    }
  }
  if (row_.app_key) {
    found = {{*row_.app_key, row_.region_key.value_or(ListScope::kEveryRegion)}};
  }
  scopes_ = std::move(found);
  return true;
}

Place ListWriter::place_at(std::size_t place_no) {
  if (const auto known = places_.find(place_no); known != places_.end()) {
    return known->second;
  }
  const auto row = place_at_.first({.place_no = static_cast<std::int64_t>(place_no)});
  if (!row) {
    throw damaged("place: a row is missing");
  }
  if (places_.size() >= kMostPlacesKept) {
    places_.clear();
  }
  return places_[place_no] = {row->app_key, row->region_key};
}

std::vector<ListWriter::NewList> ListWriter::flush() {
  const auto floor = [](std::int64_t at_ms) {
    return at_ms == meter::ListFloor::kNone_ms ? std::nullopt : std::optional(at_ms);
  };
  // Rows that are neighbours are written one after another.
  std::stable_sort(new_lists_.begin(), new_lists_.end(),
                   [](const NewList& a, const NewList& b) { return a.scope < b.scope; });
  for (const NewList& one : new_lists_) {
    add_scope_.add({.app_key = one.scope.app_key,
                    .region_key = one.scope.region_key,
                    .observed_at_ms = one.list.observed_at_ms,
                    .snapshot_seq = one.list.snapshot_seq,
                    .started_floor_ms = floor(one.list.floor.started_ms),
                    .starting_floor_ms = floor(one.list.floor.starting_ms)});
  }
  add_scope_.flush();
  return std::exchange(new_lists_, {});
}

std::set<ListScope> ListWriter::new_scopes() const {
  std::set<ListScope> scopes;
  for (const NewList& one : new_lists_) {
    scopes.insert(one.scope);
  }
  return scopes;
}

void ListWriter::forget() {
  places_.clear();
  new_lists_.clear();
}

}  // namespace fleetmeter::store
