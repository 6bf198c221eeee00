#include <nlohmann/json.hpp>

#include "support/list_archives.hpp"

namespace fleetmeter::test {

namespace {

using Json = nlohmann::ordered_json;
using Documents = std::vector<ListDocument>;
using HasFault = std::function<bool(const Documents&)>;

/// The elements of a document, wherever they stand in it; nullptr when it has none.
Json* elements_of(Json& root) {
  if (root.is_array()) {
    return &root;
  }
  return root.is_object() && root.contains("processes") && root["processes"].is_array()
             ? &root["processes"]
             : nullptr;
}

void drop_documents(Documents& documents, const HasFault& has_fault) {
  for (std::size_t i = documents.size(); i-- > 0;) {
    Documents less = documents;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    if (!less.empty() && has_fault(less)) {
      documents = std::move(less);
    }
  }
}

void drop_elements(Documents& documents, std::size_t document, const HasFault& has_fault) {
  Json root = Json::parse(documents[document].text);
  const Json* const all = elements_of(root);
  for (std::size_t i = all == nullptr ? 0 : all->size(); i-- > 0;) {
    Json less_root = root;
    elements_of(less_root)->erase(i);
    Documents less = documents;
    less[document].text = less_root.dump();
    if (has_fault(less)) {
      documents = std::move(less);
      root = std::move(less_root);
    }
  }
}

}  // namespace

std::vector<ListDocument> least_archive(
    std::vector<ListDocument> documents,
    const std::function<bool(const std::vector<ListDocument>&)>& has_fault) {
  drop_documents(documents, has_fault);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    drop_elements(documents, i, has_fault);
  }
  drop_documents(documents, has_fault);
  return documents;
}

}  // namespace fleetmeter::test
