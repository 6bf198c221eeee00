#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/deployment.hpp"
#include "model/invoice.hpp"
#include "model/policy.hpp"
#include "model/rate_card.hpp"

namespace fleetmeter::store {

/// A version of a rate card as it stands in the store.
struct StoredCard {
  model::RateCard card;
  std::int64_t document_seq = 0;  ///< the higher, the newer
  std::string source;
};

/// An invoice as its newest version says.
struct StoredInvoice {
  model::Invoice invoice;
  std::int64_t document_seq = 0;
  std::string source;
  std::int64_t versions = 0;
};

/// Rows → what was imported for its prices.
class PriceReader {
 public:
  /// Of deployments, rate cards and policies, later documents than `known_document_seq` do not
  /// count.
  explicit PriceReader(SQLite::Database& db,
                       std::int64_t known_document_seq = std::numeric_limits<std::int64_t>::max())
      : db_(db), known_document_seq_(known_document_seq) {}

  [[nodiscard]] std::vector<model::Deployment> deployments();
  /// Every size that some document gave to a deployment, the newest first.
  [[nodiscard]] std::vector<model::Deployment> deployment_sizes();
  /// Every version, by name, the newest first.
  [[nodiscard]] std::vector<StoredCard> rate_cards();
  /// The newest version of each, by name.
  [[nodiscard]] std::vector<model::Policy> policies();
  /// The newest version of each, by month and name.
  [[nodiscard]] std::vector<StoredInvoice> invoices();

 private:
  SQLite::Database& db_;
  std::int64_t known_document_seq_;
};

}  // namespace fleetmeter::store
