#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.hpp"

namespace fleetmeter::normalise {

using Key = std::int64_t;
using OptionalKey = std::optional<std::int64_t>;

/// Gives short texts their keys; the store implements it.
class LabelKeys {
 public:
  virtual ~LabelKeys() = default;
  [[nodiscard]] virtual Key key_of(std::string_view label) = 0;

  [[nodiscard]] OptionalKey key_of(const model::Text& label) {
    return label ? OptionalKey(key_of(*label)) : std::nullopt;
  }
};

/// A number kept as it came, owning its text.
struct Number {
  model::LooseNumber::Kind kind = model::LooseNumber::Kind::absent;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;
  friend bool operator==(const Number&, const Number&) = default;
};

[[nodiscard]] Number number_of(const model::LooseNumber& loose);

/// A row of port, apart from its keys.
struct Port {
  std::int64_t position = 0;
  OptionalKey name_key;
  OptionalKey transport_type_key;
  OptionalKey host_key;
  std::optional<std::int64_t> port;
  friend bool operator==(const Port&, const Port&) = default;
};

/// A row of process_attribute, apart from its keys: what rarely changes.
struct Attributes {
  OptionalKey app_key;
  OptionalKey deployment_key;
  OptionalKey region_key;
  OptionalKey status_key;
  std::optional<std::int64_t> draining;
  model::Instant starting_at_ms;
  model::Instant scheduled_at_ms;
  model::Instant booted_at_ms;
  model::Instant started_at_ms;
  model::Instant stopping_at_ms;
  model::Instant terminated_at_ms;
  std::optional<std::int64_t> rooms_per_process;
  std::int64_t port_set_no = 0;
  OptionalKey host_key;
  Number legacy_port;
  OptionalKey hosting_key;
  OptionalKey fleet_key;
  OptionalKey summary_exit_reason_key;
  friend bool operator==(const Attributes&, const Attributes&) = default;
};

/// An element of a process's list of rooms: the room and what was said of it.
struct ListedRoom {
  Key room_key = 0;
  std::int64_t room_fact_no = 0;
  bool is_unplaced = false;  ///< the fact names no allocation of the room to this process
  friend bool operator==(const ListedRoom&, const ListedRoom&) = default;
};

/// A row of process_activity with its rooms, apart from its keys: what changes with players.
struct Activity {
  std::optional<std::int64_t> rooms_allocated;
  model::Instant rooms_allocated_updated_at_ms;
  Number active_connections;
  model::Instant active_connections_updated_at_ms;
  Number room_slots_available;
  model::Instant room_slots_available_updated_at_ms;
  model::Instant idle_since_ms;
  std::optional<std::int64_t> total_rooms;
  bool lists_rooms = false;
  std::vector<ListedRoom> rooms;
  friend bool operator==(const Activity&, const Activity&) = default;
};

/// A row of room_allocation, apart from its keys.
struct Allocation {
  std::string room_allocation_id;
  OptionalKey process_key;
  model::Instant scheduled_at_ms;
  model::Instant unscheduled_at_ms;
  friend bool operator==(const Allocation&, const Allocation&) = default;
};

/// A row of room_fact, apart from its keys. Its room_config is a text, which the store numbers.
struct RoomFact {
  OptionalKey app_key;
  OptionalKey status_key;
  std::optional<std::string> room_config;
  std::optional<std::int64_t> allocation_no;
  friend bool operator==(const RoomFact&, const RoomFact&) = default;
};

/// Whether two say the same, of whichever process. Then attributes_of and ports_of are the same.
[[nodiscard]] bool same_attributes(const model::ProcessAttributes& a,
                                   const model::ProcessAttributes& b);

/// The parts of a record. port_set_no and rooms are left for the store, which numbers them.
[[nodiscard]] Attributes attributes_of(const model::ProcessAttributes& record, LabelKeys& labels);
[[nodiscard]] Activity activity_of(const model::ProcessRecord& record);
[[nodiscard]] std::vector<Port> ports_of(const model::ProcessAttributes& record, LabelKeys& labels);
[[nodiscard]] RoomFact fact_of(const model::RoomRecord& record, LabelKeys& labels);

/// Whether what a process's list says of a room names no allocation of it to that process.
[[nodiscard]] bool is_unplaced(const model::RoomRecord& record, std::string_view process_id);

}  // namespace fleetmeter::normalise
