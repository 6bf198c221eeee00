#include "store/document_order.hpp"

#include <set>
#include <string>
#include <utility>

#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 10'000;  // instants in memory

/// A document: its digest, and how often it was stored before in the same store. It is stored again
/// when it is said to be a running list, or when a record of it is taken up.
using Document = std::pair<std::string, std::size_t>;

/// What is said of documents: which come before which.
struct Said {
  std::map<Document, std::set<Document>> after;  ///< by the one that comes before
  std::map<Document, std::size_t> before;        ///< how many come before each

  void add(const Document& document) { before.try_emplace(document, 0); }
  void add(const Document& first, const Document& then) {
    if (first != then && after[first].insert(then).second) {
      before[then] += 1;
    }
  }
};

/// The documents in the order in which they count.
std::vector<Document> in_order(Said said) {
  std::set<Document> ready;  // nothing that is left comes before them
  std::map<Document, std::size_t> left = std::move(said.before);
  for (const auto& [document, before] : left) {
    if (before == 0) {
      ready.insert(document);
    }
  }
  std::vector<Document> order;
  while (!left.empty()) {
    const Document next = ready.empty() ? left.begin()->first : *ready.begin();
    ready.erase(next);
    left.erase(next);
    for (const Document& then : said.after[next]) {
      if (const auto found = left.find(then); found != left.end() && --found->second == 0) {
        ready.insert(then);
      }
    }
    order.push_back(next);
  }
  return order;
}

}  // namespace

std::size_t DocumentOrder::place_of(std::size_t part, std::int64_t snapshot_seq,
                                    std::int64_t at_ms) {
  auto found = known_.find(at_ms);
  if (found == known_.end()) {
    if (known_.size() >= kMostKept) {
      known_.clear();
    }
    found = known_.emplace(at_ms, order_at(at_ms)).first;
  }
  const auto& places = found->second[part];
  const auto place = places.find(snapshot_seq);
  return place != places.end() ? place->second
                               : throw damaged(parts_[part].path + ": snapshot: a row is missing");
}

DocumentOrder::Places DocumentOrder::order_at(std::int64_t at_ms) {
  std::vector<std::map<std::int64_t, Document>> documents(parts_.size());
  Said said;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    guarded(parts_[part].path, [&] {
      std::map<std::string, std::size_t> stored;
      const Document* last = nullptr;
      Query<ask::ListDocumentsAt> query(*parts_[part].db);
      for (const auto& row : query.rows({.at_ms = at_ms})) {
        const Document& document =
            documents[part][row.snapshot_seq] = {row.sha256, stored[row.sha256]++};
        said.add(document);
        if (last != nullptr) {
          said.add(*last, document);
        }
        last = &document;
      }
    });
  }
  std::map<Document, std::size_t> place_of;
  for (const Document& document : in_order(std::move(said))) {
    place_of.emplace(document, place_of.size());
  }
  Places places(parts_.size());
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    for (const auto& [snapshot_seq, document] : documents[part]) {
      places[part].emplace(snapshot_seq, place_of.at(document));
    }
  }
  return places;
}

}  // namespace fleetmeter::store
