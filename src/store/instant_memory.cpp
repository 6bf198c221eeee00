#include "store/instant_memory.hpp"

#include <cstring>

#include "base/invariant.hpp"
#include "base/sha256.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kDigestKept = 16;

void put(std::string& out, std::int64_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

void put(std::string& out, const std::optional<std::int64_t>& value) {
  out += value ? '\1' : '\0';
  put(out, value.value_or(0));
}

void put(std::string& out, const normalise::Number& number) {
  std::int64_t bits = 0;
  std::memcpy(&bits, &number.real, sizeof bits);
  out += static_cast<char>(number.kind);
  put(out, number.integer);
  put(out, bits);
  put(out, static_cast<std::int64_t>(number.text.size()));
  out += number.text;
}

}  // namespace

std::string InstantMemory::content_of(const std::optional<std::int64_t>& egressed_bytes,
                                      std::int64_t attribute_no,
                                      const normalise::Activity& activity) {
  std::string all;
  put(all, egressed_bytes);
  put(all, attribute_no);
  put(all, activity.rooms_allocated);
  put(all, activity.rooms_allocated_updated_at_ms);
  put(all, activity.active_connections);
  put(all, activity.active_connections_updated_at_ms);
  put(all, activity.room_slots_available);
  put(all, activity.room_slots_available_updated_at_ms);
  put(all, activity.idle_since_ms);
  put(all, activity.total_rooms);
  all += activity.lists_rooms ? '\1' : '\0';
  for (const normalise::ListedRoom& room : activity.rooms) {
    put(all, room.room_key);
    put(all, room.room_fact_no);
  }
  const base::Sha256 digest = base::sha256(all);
  return std::string(base::as_bytes(digest).substr(0, kDigestKept));
}

void InstantMemory::add(const std::string& content, std::int64_t snapshot_seq) {
  base::check_in_tests([&] { return in_newest_ == 0 || snapshot_seq >= newest_seq_; },
                       "documents come in the order of their numbers, or a restatement would get "
                       "the number of another");
  said_.insert(content);
  in_newest_ = snapshot_seq == newest_seq_ ? in_newest_ + 1 : 1;
  newest_seq_ = snapshot_seq;
}

}  // namespace fleetmeter::store
