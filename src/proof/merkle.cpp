#include "proof/merkle.hpp"

#include <bit>
#include <span>

#include "base/invariant.hpp"

namespace fleetmeter::proof {

namespace {

using base::Sha256;
using Leaves = std::span<const Sha256>;

Sha256 node_hash(const Sha256& left, const Sha256& right) {
  base::Sha256Stream both;
  both.update("\x01");
  both.update(base::as_bytes(left));
  both.update(base::as_bytes(right));
  return both.finish();
}

/// Where a tree of several leaves is divided: at the largest power of two below their number.
std::size_t middle_of(Leaves leaves) {
  return std::bit_floor(leaves.size() - 1);
}

Sha256 subtree(Leaves leaves) {
  if (leaves.size() == 1) {
    return leaves.front();
  }
  const std::size_t middle = middle_of(leaves);
  return node_hash(subtree(leaves.first(middle)), subtree(leaves.subspan(middle)));
}

void add_path(Leaves leaves, std::size_t index, std::vector<Sha256>& path) {
  if (leaves.size() == 1) {
    return;
  }
  const std::size_t middle = middle_of(leaves);
  const Leaves left = leaves.first(middle);
  const Leaves right = leaves.subspan(middle);
  const bool is_left = index < middle;
  add_path(is_left ? left : right, is_left ? index : index - middle, path);
  path.push_back(subtree(is_left ? right : left));
}

}  // namespace

Sha256 leaf_hash(std::string_view text) {
  base::Sha256Stream leaf;
  leaf.update(std::string_view("\0", 1));
  leaf.update(text);
  return leaf.finish();
}

Sha256 root_of(const std::vector<Sha256>& leaves) {
  return leaves.empty() ? base::sha256("") : subtree(leaves);
}

std::vector<Sha256> path_of(const std::vector<Sha256>& leaves, std::size_t index) {
  base::check(index < leaves.size(), "a proof is of a leaf that the tree has");
  std::vector<Sha256> path;
  add_path(leaves, index, path);
  return path;
}

// The way of RFC 9162, section 2.1.3.2: `last` is the number of the last node of a level. A node
// that is the last of its level and stands on the left has no neighbour there, and rises as it is.
std::optional<Sha256> root_by_path(const Sha256& leaf, std::size_t index, std::size_t size,
                                   const std::vector<Sha256>& path) {
  if (index >= size) {
    return std::nullopt;
  }
  std::size_t last = size - 1;
  Sha256 node = leaf;
  for (const Sha256& beside : path) {
    if (last == 0) {
      return std::nullopt;
    }
    if (index % 2 == 1 || index == last) {
      node = node_hash(beside, node);
      while (index % 2 == 0 && index != 0) {
        index /= 2;
        last /= 2;
      }
    } else {
      node = node_hash(node, beside);
    }
    index /= 2;
    last /= 2;
  }
  return last == 0 ? std::optional(node) : std::nullopt;
}

}  // namespace fleetmeter::proof
