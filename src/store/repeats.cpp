#include "store/repeats.hpp"

#include <algorithm>

#include "base/invariant.hpp"

namespace fleetmeter::store {

bool Repeats::lists_the_same_rooms(ProcessMemory& process, const model::ProcessRecord& record) {
  const ProcessMemory::Repeat& repeat = process.repeat;
  return repeat.record &&
         (repeat.record->room_list == record.room_list ||
          std::ranges::equal(repeat.record->rooms(), record.rooms())) &&
         process.find_activity(repeat.activity_no) != nullptr;
}

std::span<const normalise::ListedRoom> Repeats::newest_rooms(ProcessMemory& process) {
  const ProcessMemory::Repeat& repeat = process.repeat;
  const auto* activity = repeat.record ? process.find_activity(repeat.activity_no) : nullptr;
  return activity == nullptr ? std::span<const normalise::ListedRoom>() : activity->content.rooms;
}

void Repeats::tell_attributes(ProcessMemory& process) {
  if (process.repeat.is_untold) {
    const auto attribute = static_cast<std::size_t>(process.repeat.attribute_no);
    process.attributes.at(attribute).see(process.latest);
  }
}

void Repeats::tell(ProcessMemory& process) {
  if (!process.repeat.is_untold) {
    return;
  }
  base::check(process.repeat.record != nullptr,
              "a span that is untold is that of a record, or nobody would know of which");
  tell_attributes(process);
  process.repeat.is_untold = false;
  const auto rooms = process.repeat.record->rooms();
  const auto numbered = newest_rooms(process);
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    if (i >= numbered.size() || !histories_.rooms.see(numbered[i], process.latest)) {
      static_cast<void>(histories_.rooms.say(rooms[i], process.latest, process.process_key));
    }
  }
}

void Repeats::tell_all() {
  for (ProcessMemory* process : histories_.processes.changed()) {
    tell(*process);
  }
}

}  // namespace fleetmeter::store
