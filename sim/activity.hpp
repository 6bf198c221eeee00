#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/fleet.hpp"
#include "sim/random.hpp"

namespace fleetmeter::sim {

/// A match that is scheduled into a process.
struct Room {
  std::string id;
  std::string allocation_id;
  std::int64_t scheduled_at_ms = 0;
  std::optional<std::size_t> config;  // of App::room_configs
  std::string own_config;             // in its place, where each room has its own
};

/// The rooms and connections of one process as time goes by; its clock only moves forward.
class Activity {
 public:
  Activity(const TrueProcess& process, int rooms_per_process, bool busy_players = false);

  /// Lives through everything up to and including the instant.
  void advance(std::int64_t now_ms);

  /// When something changes next.
  [[nodiscard]] std::int64_t next_change_ms() const { return next_change_ms_; }
  [[nodiscard]] const std::vector<Room>& rooms() const { return rooms_; }
  [[nodiscard]] std::int64_t connections() const { return connections_; }
  [[nodiscard]] std::int64_t connections_updated_ms() const { return connections_updated_ms_; }
  [[nodiscard]] std::int64_t rooms_updated_ms() const { return rooms_updated_ms_; }
  [[nodiscard]] std::optional<std::int64_t> idle_since_ms() const { return idle_since_ms_; }

 private:
  void change(std::int64_t at_ms);
  void schedule_room(std::int64_t at_ms);
  void end(std::int64_t at_ms);

  [[nodiscard]] std::int64_t pause_ms();
  [[nodiscard]] std::string own_config(std::int64_t at_ms);

  Random random_;
  bool busy_players_;
  std::size_t capacity_;
  std::int64_t draining_ms_;
  std::int64_t terminated_ms_;
  std::int64_t next_change_ms_;
  std::vector<Room> rooms_;
  std::int64_t connections_ = 0;
  std::int64_t connections_updated_ms_;
  std::int64_t rooms_updated_ms_;
  std::optional<std::int64_t> idle_since_ms_;
};

}  // namespace fleetmeter::sim
