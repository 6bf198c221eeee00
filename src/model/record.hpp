#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/text_arena.hpp"

namespace fleetmeter::model {

/// A number whose wire type is a double (`port`, `roomSlotsAvailable`): an integer or a double
/// when that says exactly what the text said, otherwise the text itself.
struct LooseNumber {
  enum class Kind : unsigned char { absent, integer, real, text };
  Kind kind = Kind::absent;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;
  friend bool operator==(const LooseNumber&, const LooseNumber&) = default;
};

using Text = std::optional<std::string_view>;
using Integer = std::optional<std::int64_t>;
using Instant = std::optional<std::int64_t>;  ///< unix milliseconds, UTC

/// One exposed port as the vendor wrote it. No 16-bit type: the vendor's own example is 72941.
struct PortRecord {
  Text name;
  Text transport_type;
  Text host;
  Integer port;
  friend bool operator==(const PortRecord&, const PortRecord&) = default;
};

/// The span in which a room was scheduled on a process; unscheduled_at_ms is absent while it is.
struct AllocationRecord {
  std::string_view room_allocation_id;
  Text process_id;
  Instant scheduled_at_ms;
  Instant unscheduled_at_ms;
  friend bool operator==(const AllocationRecord&, const AllocationRecord&) = default;
};

/// What one snapshot says of one room.
struct RoomRecord {
  std::string_view room_id;
  Text app_id;
  Text status;
  Text room_config;
  std::optional<AllocationRecord> current_allocation;
  std::vector<AllocationRecord> allocations;  ///< only in documents about rooms
  friend bool operator==(const RoomRecord&, const RoomRecord&) = default;
};

/// What is said of a process and rarely changes, every version of the API in one shape. Absent and
/// null are alike. V2 and V3 call starting_at `createdAt` and have status in place of draining.
struct AttributeValues {
  Text app_id;
  Text deployment_id;
  Text region;
  Text status;
  std::optional<bool> draining;
  Instant starting_at_ms;
  Instant scheduled_at_ms;
  Instant booted_at_ms;
  Instant started_at_ms;
  Instant stopping_at_ms;
  Instant terminated_at_ms;
  Integer rooms_per_process;
  Text host;
  LooseNumber port;
  Text hosting;
  Text fleet_id;
  Text summary_exit_reason;
  std::optional<PortRecord> exposed_port;
  std::vector<PortRecord> additional_exposed_ports;
  friend bool operator==(const AttributeValues&, const AttributeValues&) = default;
};

/// The attributes of one process, with what holds their texts.
struct ProcessAttributes : AttributeValues {
  std::string_view process_id;
  std::int64_t placeholder_times = 0;      ///< how many of the values were times that mean none
  bool is_v1 = true;                       ///< it has neither a createdAt nor a status
  std::shared_ptr<const TextArena> texts;  ///< holds every text above

  /// Whose they are and what they say are asked apart: normalise::same_attributes compares values.
  friend bool operator==(const ProcessAttributes&, const ProcessAttributes&) = delete;
};

/// The rooms that a process lists.
struct RoomList {
  std::vector<RoomRecord> rooms;
  std::int64_t placeholder_times = 0;  ///< how many of the rooms' times mean none
  TextArena texts{kTextBlock};         ///< holds every text above

  static constexpr std::size_t kTextBlock = 512;  // as many bytes as two rooms need
};

/// What a snapshot says of one process apart from its counter. Parts that do not change are shared
/// with the records before, and are never changed.
struct ProcessRecord {
  std::shared_ptr<const ProcessAttributes> attributes;  ///< never null
  Integer rooms_allocated;
  Instant rooms_allocated_updated_at_ms;
  LooseNumber active_connections;
  Instant active_connections_updated_at_ms;
  LooseNumber room_slots_available;
  Instant room_slots_available_updated_at_ms;
  Instant idle_since_ms;
  Integer total_rooms;
  std::int64_t placeholder_times = 0;         ///< how many of the times above mean none
  std::shared_ptr<const RoomList> room_list;  ///< null when `rooms` was not there at all

  [[nodiscard]] bool lists_rooms() const { return room_list != nullptr; }
  [[nodiscard]] std::span<const RoomRecord> rooms() const {
    return room_list ? std::span(room_list->rooms) : std::span<const RoomRecord>();
  }
};

/// How many of the times that a record says mean that there is none, as 0001-01-01 does.
[[nodiscard]] inline std::int64_t placeholder_times(const ProcessRecord& record) {
  return record.attributes->placeholder_times + record.placeholder_times +
         (record.room_list ? record.room_list->placeholder_times : 0);
}

/// No reading of a counter is below this: no int32 is, also when it wrapped.
inline constexpr std::int64_t kLowestReading = -2147483648;

/// What one snapshot says of one process. Most say what the one before said, but for the counter.
/// Those share one record. It is never changed, so that the same address means the same content.
struct Observation {
  std::shared_ptr<const ProcessRecord> record;  ///< never null
  Integer egressed_bytes;  ///< as it came: a wrapped int32 is still negative here

  const ProcessRecord* operator->() const { return record.get(); }
};

}  // namespace fleetmeter::model
