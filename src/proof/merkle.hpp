#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"

namespace fleetmeter::proof {

// The Merkle tree of RFC 6962, section 2.1: one digest stands for a list of texts, and a few
// digests more prove that a text is in the list, and where. Leaves and nodes are hashed with
// different first bytes, so that no text can pass for a node.

[[nodiscard]] base::Sha256 leaf_hash(std::string_view text);

/// The root of a tree over leaves; without any, the digest of nothing.
[[nodiscard]] base::Sha256 root_of(const std::vector<base::Sha256>& leaves);

/// The nodes beside the way from a leaf up to the root, the lowest first.
[[nodiscard]] std::vector<base::Sha256> path_of(const std::vector<base::Sha256>& leaves,
                                                std::size_t index);

/// The root of a tree of `size` leaves that has this leaf at `index`, with these nodes beside its
/// way; nothing when no such tree has a way of that length.
[[nodiscard]] std::optional<base::Sha256> root_by_path(const base::Sha256& leaf, std::size_t index,
                                                       std::size_t size,
                                                       const std::vector<base::Sha256>& path);

}  // namespace fleetmeter::proof
