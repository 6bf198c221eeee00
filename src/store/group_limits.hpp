#pragma once

#include <cstddef>

namespace fleetmeter::store {

/// How much has come together since the last group and the last commit, and what is due because of
/// it. What documents say is written in groups, which bounds memory. Groups share a transaction, so
/// that a page that several of them change is logged once. Pure arithmetic.
class GroupLimits {
 public:
  enum class Due { nothing, group, commit };

  /// Takes in a document or a part of one: how much JSON it was, and how much memory it holds.
  void take_part(std::size_t bytes, std::size_t held_bytes);
  /// A document ended. One that came in parts was written part by part: it is in no group.
  void end_document(std::size_t processes, bool came_in_parts);

  /// Between two documents; `changed` is how many processes wait to be written.
  [[nodiscard]] Due due(std::size_t changed) const;

  void begin_group();
  void begin_transaction();

 private:
  std::size_t group_bytes_ = 0;
  std::size_t group_held_ = 0;  ///< in memory, by its parts
  std::size_t group_documents_ = 0;
  std::size_t largest_document_ = 0;  ///< of the group, in processes
  std::size_t transaction_bytes_ = 0;
  std::size_t transaction_documents_ = 0;
};

}  // namespace fleetmeter::store
