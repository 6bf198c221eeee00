#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "store/part.hpp"

namespace fleetmeter::store {

/// In which order the documents of one instant count, when several stores are asked as one: a
/// document comes before another if a store says that it became known before, and where no store
/// says it, or they contradict each other, the lesser digest comes first. So the order does not
/// depend on that of the stores.
class DocumentOrder {
 public:
  explicit DocumentOrder(const Parts& parts) : parts_(parts) {}

  /// The place of a document of a store among those of the instant, of all stores. The same
  /// document has the same place wherever it is stored.
  [[nodiscard]] std::size_t place_of(std::size_t part, std::int64_t snapshot_seq,
                                     std::int64_t at_ms);

 private:
  /// By the numbers of its documents, for each store.
  using Places = std::vector<std::map<std::int64_t, std::size_t>>;
  [[nodiscard]] Places order_at(std::int64_t at_ms);

  const Parts& parts_;
  std::map<std::int64_t, Places> known_;  ///< by instant
};

}  // namespace fleetmeter::store
