#pragma once

#include <SQLiteCpp/Database.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"
#include "model/deployment.hpp"
#include "model/invoice.hpp"
#include "model/policy.hpp"
#include "model/rate_card.hpp"
#include "store/control_sums.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Where a document about money came from.
struct MoneyOrigin {
  std::string path;
  std::string encoding;  ///< plain, gzip or zstd
  std::string_view raw;
  std::string given;  ///< what the user said beside it
};

/// A part of a document that cannot be stored.
struct MoneyReject {
  std::string place;
  std::string reason;
};

/// Stores documents about money, each whole in a transaction of its own. One that is there already
/// is not stored again, unless another of its name was stored in between: then it counts again. A
/// failure leaves the store as it was before the document, and the writer unusable.
class PriceWriter {
 public:
  /// `db` is open for writing and must outlive it. `now_ms` stamps provenance; no answer depends on
  /// it.
  PriceWriter(SQLite::Database& db, std::int64_t now_ms) : db_(db), now_ms_(now_ms), sums_(db) {}

  // Each tells whether the document was new.
  bool write(const MoneyOrigin& origin, const std::vector<model::Deployment>& deployments,
             const std::vector<MoneyReject>& rejects);
  bool write(const MoneyOrigin& origin, const model::RateCard& card);
  bool write(const MoneyOrigin& origin, const model::Policy& policy);
  bool write(const MoneyOrigin& origin, const model::Invoice& invoice);

  /// Keeps a document of which nothing could be read, with what is wrong in it; once.
  void reject(const MoneyOrigin& origin, const std::vector<MoneyReject>& rejects);

 private:
  [[nodiscard]] std::int64_t add_source(const MoneyOrigin& origin);
  [[nodiscard]] bool counts_already(const MoneyOrigin& origin, const base::Sha256& digest,
                                    std::string_view kind, const std::string& name);
  [[nodiscard]] std::optional<std::int64_t> begin(const MoneyOrigin& origin, std::string_view kind,
                                                  const std::string& name);
  void add_rejects(const MoneyOrigin& origin, std::int64_t source_key, bool whole,
                   const std::vector<MoneyReject>& rejects);

  SQLite::Database& db_;
  std::int64_t now_ms_;
  ControlSums sums_;
  std::int64_t source_key_ = 0;  ///< of the last document that was new
};

}  // namespace fleetmeter::store
