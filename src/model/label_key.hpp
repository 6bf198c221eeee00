#pragma once

#include <cstdint>
#include <optional>

namespace fleetmeter::model {

/// Stands for "no label" where the key of a label is a part of a table's primary key, which cannot
/// be NULL: in a group of the rollups, and in a place. Everywhere else such a key is absent. Labels
/// are numbered from 1.
inline constexpr std::int64_t kNoLabel = 0;

/// The key of a label as a part of a primary key.
[[nodiscard]] inline std::int64_t key_part(const std::optional<std::int64_t>& label_key) {
  return label_key.value_or(kNoLabel);
}

/// The key of a label from such a part; absent when it stands for none.
[[nodiscard]] inline std::optional<std::int64_t> label_of(std::int64_t key_part) {
  return key_part == kNoLabel ? std::nullopt : std::optional(key_part);
}

}  // namespace fleetmeter::model
