#include "sim/activity.hpp"

#include <limits>

namespace fleetmeter::sim {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

}  // namespace

Activity::Activity(const TrueProcess& process, int rooms_per_process, bool busy_players)
    : random_(process.activity_seed),
      busy_players_(busy_players),
      capacity_(static_cast<std::size_t>(rooms_per_process)),
      draining_ms_(process.draining_ms),
      terminated_ms_(process.terminated_ms),
      next_change_ms_(process.never_started ? kNever : process.started_ms + random_.below(20'000)),
      connections_updated_ms_(process.starting_ms),
      rooms_updated_ms_(process.starting_ms),
      idle_since_ms_(process.starting_ms) {}

void Activity::advance(std::int64_t now_ms) {
  while (next_change_ms_ <= now_ms) {
    const std::int64_t at_ms = next_change_ms_;
    if (at_ms >= terminated_ms_) {
      end(terminated_ms_);
      next_change_ms_ = kNever;
    } else {
      change(at_ms);
      next_change_ms_ = std::min(at_ms + pause_ms(), terminated_ms_);
    }
  }
}

std::int64_t Activity::pause_ms() {
  return busy_players_ ? random_.between(15'000, 75'000) : random_.between(40'000, 900'000);
}

/// What a client sends: hostile in length and never the same twice.
std::string Activity::own_config(std::int64_t at_ms) {
  std::string out = R"({"lobby":")" + random_.uuid();
  out += R"(","ranked":)" + std::string(random_.chance(500) ? "true" : "false");
  out += R"(,"createdBy":"player-)" + random_.hex(10);
  return out + R"(","at":)" + std::to_string(at_ms) + '}';
}

void Activity::change(std::int64_t at_ms) {
  const bool may_grow = at_ms < draining_ms_ && rooms_.size() < capacity_;
  if (may_grow && random_.chance(rooms_.empty() ? 550 : 200)) {
    schedule_room(at_ms);
  } else if (!rooms_.empty() && random_.chance(busy_players_ ? 150 : 350)) {
    rooms_.erase(rooms_.begin());
    rooms_updated_ms_ = at_ms;
  }
  const auto places = 10 * static_cast<std::int64_t>(rooms_.size());
  connections_ = random_.between(0, places);
  connections_updated_ms_ = at_ms;
  if (!rooms_.empty()) {
    idle_since_ms_.reset();
  } else if (!idle_since_ms_) {
    idle_since_ms_ = at_ms;
  }
}

void Activity::schedule_room(std::int64_t at_ms) {
  Room room;
  room.id = random_.text(13, "0123456789abcdefghijklmnopqrstuvwxyz", 36);
  room.allocation_id = random_.uuid();
  room.scheduled_at_ms = at_ms;
  if (busy_players_) {
    room.own_config = own_config(at_ms);
  } else if (!random_.chance(80)) {
    room.config = random_.index(10);
  }
  rooms_.push_back(std::move(room));
  rooms_updated_ms_ = at_ms;
}

void Activity::end(std::int64_t at_ms) {
  if (!rooms_.empty()) {
    rooms_.clear();
    rooms_updated_ms_ = at_ms;
    idle_since_ms_ = at_ms;
  }
  if (connections_ > 0) {
    connections_ = 0;
    connections_updated_ms_ = at_ms;
  }
}

}  // namespace fleetmeter::sim
