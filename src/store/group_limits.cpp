#include "store/group_limits.hpp"

#include <algorithm>

namespace fleetmeter::store {

namespace {

// In a large fleet one document may be as long as a group; where little in the documents is new, a
// group is some documents at least.
constexpr std::size_t kGroupBytes = 4 * 1024 * 1024;
constexpr std::size_t kGroupDocuments = 12;
constexpr std::size_t kGroupProcesses = 1100;  // more than its largest document has
constexpr std::size_t kTransactionBytes = 48 * kGroupBytes;
constexpr std::size_t kTransactionDocuments = 16'384;

static_assert(kTransactionBytes >= kGroupBytes && kTransactionDocuments >= kGroupDocuments,
              "a transaction holds a group, or every group would be committed alone");

}  // namespace

void GroupLimits::take_part(std::size_t bytes, std::size_t held_bytes) {
  group_bytes_ += bytes;
  group_held_ += held_bytes;
  transaction_bytes_ += bytes;
}

void GroupLimits::end_document(std::size_t processes, bool came_in_parts) {
  if (!came_in_parts) {
    ++group_documents_;
    largest_document_ = std::max(largest_document_, processes);
  }
  ++transaction_documents_;
}

GroupLimits::Due GroupLimits::due(std::size_t changed) const {
  if (transaction_documents_ >= kTransactionDocuments || transaction_bytes_ >= kTransactionBytes) {
    return Due::commit;
  }
  const bool is_much = group_bytes_ >= kGroupBytes &&
                       (group_documents_ >= kGroupDocuments || group_held_ >= kGroupBytes);
  return is_much || changed >= kGroupProcesses + largest_document_ ? Due::group : Due::nothing;
}

void GroupLimits::begin_group() {
  group_bytes_ = group_held_ = group_documents_ = largest_document_ = 0;
}

void GroupLimits::begin_transaction() {
  transaction_documents_ = transaction_bytes_ = 0;
}

}  // namespace fleetmeter::store
