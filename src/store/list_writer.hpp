#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "store/absence_reader.hpp"
#include "store/bulk_insert.hpp"
#include "store/labels.hpp"
#include "store/list_timeline.hpp"
#include "store/query.hpp"
#include "store/sighting_writer.hpp"

namespace fleetmeter::store {

/// What the row of a snapshot says of it as a running list.
struct ListRow {
  std::optional<std::int64_t> app_key;  ///< that it was asked for; absent: nobody said it
  std::optional<std::int64_t> region_key;
  /// What it proves, or why nothing; absent: it is no running list.
  std::optional<std::string_view> proof;
  bool contradicts_scope = false;  ///< an element is not of what it was asked for
};

/// Documents that say they are running lists → what each proves, and for whom: rows of list_scope.
class ListWriter {
 public:
  ListWriter(SQLite::Database& db, Labels& labels, SightingWriter& sightings);

  /// Whether running lists count as evidence in this run.
  void begin_run(bool trusts_lists) { trusts_lists_ = trusts_lists; }

  /// A document begins; `may_be_list` is false when it is known to be no running list.
  void begin_document(bool may_be_list);

  /// Takes in an element of the document, in the place that it was seen in.
  void see(const model::ProcessAttributes& process, std::size_t place_no) {
    if (is_watching_) {
      take_in(process, place_no);
    }
  }

  /// Takes in one that was known already.
  void see_again(const model::ProcessAttributes& process);

  /// Whether a document is a running list of which something new may follow: it counts as one, and
  /// is not stored as one that was asked for in just this way.
  [[nodiscard]] bool is_news(const model::DocumentHead& head, std::int64_t rejected);

  /// The document has ended and becomes a snapshot: what its row says.
  [[nodiscard]] ListRow end_document(const model::DocumentHead& head, std::int64_t snapshot_seq,
                                     std::int64_t rejected);
  /// The same of one that comes out of a store, which knows what it proves.
  [[nodiscard]] ListRow end_stored(const model::DocumentHead& head,
                                   const model::StoredDocument& stored, std::int64_t snapshot_seq);

  /// Lists that came since this was last asked, each with its scopes: they have rows now.
  struct NewList {
    ListScope scope;
    ProvingList list;
    bool is_one_of_several = false;  ///< the list speaks for other scopes, too
  };
  [[nodiscard]] std::vector<NewList> flush();
  /// The scopes of those that have no rows yet.
  [[nodiscard]] std::set<ListScope> new_scopes() const;

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

 private:
  void take_in(const model::ProcessAttributes& process, std::size_t place_no);
  [[nodiscard]] bool counts(const model::DocumentHead& head) const;
  [[nodiscard]] std::string_view proof_of(const model::DocumentHead& head, std::int64_t rejected);
  [[nodiscard]] bool find_scopes();
  [[nodiscard]] Place place_at(std::size_t place_no);

  Labels& labels_;
  SightingWriter& sightings_;
  Query<ingest::FindSnapshot> find_;
  Query<ingest::PlaceAt> place_at_;
  BulkInsert<ingest::AddListScope> add_scope_;
  std::map<std::size_t, Place> places_;
  bool trusts_lists_ = true;
  bool is_watching_ = false;
  // Of the document that is being written:
  std::uint64_t elements_ = 0;
  std::set<std::size_t> seen_in_;  ///< the numbers of its places
  std::size_t last_place_ = 0;
  bool all_have_starts_ = true;
  bool all_are_v1_ = true;
  meter::ListFloor floor_;
  ListRow row_;
  std::vector<ListScope> scopes_;
  std::vector<NewList> new_lists_;
};

}  // namespace fleetmeter::store
