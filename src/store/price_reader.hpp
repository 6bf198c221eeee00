#pragma once

#include <SQLiteCpp/Database.h>

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
  explicit PriceReader(SQLite::Database& db) : db_(db) {}

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
};

}  // namespace fleetmeter::store
