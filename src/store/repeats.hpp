#pragma once

#include <span>

#include "model/record.hpp"
#include "normalise/rows.hpp"
#include "store/histories.hpp"
#include "store/process_memory.hpp"

namespace fleetmeter::store {

/// Processes whose newest record is repeated by one snapshot after another. Such a record is not
/// taken into the history each time: how long it lasted is told once, when another record ends it
/// or when the group is written.
class Repeats {
 public:
  explicit Repeats(Histories& histories) : histories_(histories) {}

  /// Whether a record lists the rooms that the newest one listed, and says the same of them.
  [[nodiscard]] static bool lists_the_same_rooms(ProcessMemory& process,
                                                 const model::ProcessRecord& record);

  /// How the rooms of the newest record were numbered; nothing when memory let that go.
  [[nodiscard]] static std::span<const normalise::ListedRoom> newest_rooms(ProcessMemory& process);

  /// Tells the history of its attributes how long the newest record lasted.
  static void tell_attributes(ProcessMemory& process);

  /// Tells the histories of its attributes and of the rooms it lists how long it lasted.
  void tell(ProcessMemory& process);

  /// The same for every process that changed in this group.
  void tell_all();

 private:
  Histories& histories_;
};

}  // namespace fleetmeter::store
