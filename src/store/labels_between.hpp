#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/part.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Keys of labels that are the same for several stores, and what each store calls them.
class LabelsBetween {
 public:
  explicit LabelsBetween(const Parts& parts);

  /// No store has a label of this key.
  static constexpr std::int64_t kNowhere = -1;

  /// The common key of a store's label; none of none.
  [[nodiscard]] std::optional<std::int64_t> common(std::size_t part,
                                                   const std::optional<std::int64_t>& label_key);
  /// What a store calls it; kNowhere when it does not know it.
  [[nodiscard]] std::optional<std::int64_t> in_part(std::size_t part,
                                                    const std::optional<std::int64_t>& common_key);
  /// The text of a common key; "" for none.
  [[nodiscard]] const std::string& text(const std::optional<std::int64_t>& common_key) const;

 private:
  using Keys = std::unordered_map<std::int64_t, std::int64_t>;

  const Parts& parts_;
  std::vector<const std::string*> texts_;                ///< by common key, which count from 1
  std::unordered_map<std::string, std::int64_t> known_;  ///< the common keys, by text
  std::vector<Keys> common_;                             ///< by the keys of each store
  std::vector<Keys> in_part_;                            ///< the keys of each store, by common key
};

}  // namespace fleetmeter::store
