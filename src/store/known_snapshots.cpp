#include "store/known_snapshots.hpp"

#include "base/text.hpp"
#include "store/connection.hpp"

namespace fleetmeter::store {

std::optional<model::KnownDocument> KnownSnapshots::find(const base::Sha256& sha256,
                                                         model::Instant fallback_at_ms,
                                                         const model::ListClaim& claim) {
  try {
    if (!is_open_) {
      open();
    }
    if (!find_) {
      return std::nullopt;
    }
    const std::string kind = base::ascii_lower(claim.kind);
    const auto known = find_->first({.sha256 = {base::as_bytes(sha256)},
                                     .fallback_at_ms = fallback_at_ms,
                                     .trusts_lists = trusts_lists_ ? 1 : 0,
                                     .list_kind = kind,
                                     .list_app = claim.app,
                                     .list_region = claim.region});
    return known ? std::optional(model::KnownDocument{known->process_count, known->observed_at_ms})
                 : std::nullopt;
  } catch (const std::exception&) {
    // Not to know costs time, nothing else: a system short of file descriptors cannot open a second
    // connection. The writer says what is wrong with the store.
    find_.reset();
    return std::nullopt;
  }
}

void KnownSnapshots::open() {
  is_open_ = true;
  db_ = open_store(path_, Access::read);
  db_->exec("PRAGMA cache_size = -2000");
  find_ = std::make_unique<Query<ingest::FindKnownDocument>>(*db_);
}

}  // namespace fleetmeter::store
