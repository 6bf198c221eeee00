#include "store/united_store.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/connection.hpp"
#include "store/control_sums.hpp"
#include "store/document_order.hpp"
#include "store/snapshot_writer.hpp"
#include "store/stored_documents.hpp"

namespace fleetmeter::store {

namespace {

/// What was damaged in a store would be sound in the one that is made of it.
void expect_as_written(const Part& part) {
  if (const Checked sums = check_control_sums(*part.db); !sums.first.empty()) {
    throw damaged(part.path + ": " + sums.first);
  }
}

/// Documents of several stores on their way into one.
class United {
 public:
  United(const Parts& parts, SQLite::Database& into, std::int64_t now_ms,
         const std::function<void()>& on_document)
      : parts_(parts), order_(parts), writer_(into), on_document_(on_document) {
    writer_.begin_run(now_ms);
    for (const Part& part : parts) {
      stores_.push_back(with_part(part, [&](Reader&) {
        expect_as_written(part);
        part.db->exec("PRAGMA temp_store = FILE");  // what is sorted may be more than memory holds
        return std::make_unique<StoredDocuments>(part);
      }));
    }
  }

  void take_all();

 private:
  template <class Ask>
  auto in_part(std::size_t part, Ask&& ask) {
    return with_part(parts_[part], [&](Reader&) { return ask(*stores_[part]); });
  }

  /// A document of one instant, and whose it is.
  struct Told {
    std::size_t part = 0;
    ToldDocument document;
  };

  [[nodiscard]] std::optional<std::int64_t> next_at_ms() const {
    std::optional<std::int64_t> first_ms;
    for (const auto& store : stores_) {
      if (const auto at_ms = store->next_at_ms(); at_ms && (!first_ms || *at_ms < *first_ms)) {
        first_ms = at_ms;
      }
    }
    return first_ms;
  }

  void take_instant(std::int64_t at_ms) {
    std::vector<Told> told;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      while (stores_[part]->next_at_ms() == at_ms) {
        told.push_back({part, in_part(part, [](StoredDocuments& store) { return store.next(); })});
      }
    }
    if (told.size() > 1) {
      std::map<std::pair<std::size_t, std::int64_t>, std::size_t> places;
      for (const Told& one : told) {
        const std::int64_t snapshot_seq = one.document.snapshot_seq;
        places[{one.part, snapshot_seq}] = order_.place_of(one.part, snapshot_seq, at_ms);
      }
      std::stable_sort(told.begin(), told.end(), [&](const Told& a, const Told& b) {
        return places[{a.part, a.document.snapshot_seq}] <
               places[{b.part, b.document.snapshot_seq}];
      });
    }
    for (Told& one : told) {
      write(one.part, one.document);
    }
  }

  void write(std::size_t part, ToldDocument& document) {
    document.source.path = parts_[part].path + '/' + document.source.path;
    std::optional<std::int64_t>& key = source_keys_[document.source.path];
    writer_.begin_source(document.source, key);
    static_cast<void>(writer_.write(document.part));
    static_cast<void>(writer_.end_source());
    key = writer_.source_key();
    on_document_();
  }

  const Parts& parts_;
  DocumentOrder order_;
  SnapshotWriter writer_;
  const std::function<void()>& on_document_;
  std::vector<std::unique_ptr<StoredDocuments>> stores_;
  std::map<std::string, std::optional<std::int64_t>> source_keys_;  ///< by path
};

void United::take_all() {
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    while (std::optional<ToldDocument> document =
               in_part(part, [&](StoredDocuments& store) { return store.next_leftover(); })) {
      write(part, *document);
    }
  }
  while (const std::optional<std::int64_t> at_ms = next_at_ms()) {
    take_instant(*at_ms);
  }
  writer_.finish();
}

}  // namespace

void unite_stores(const Parts& parts, SQLite::Database& into, std::int64_t now_ms,
                  const std::function<void()>& on_document) {
  United(parts, into, now_ms, on_document).take_all();
}

}  // namespace fleetmeter::store
