#pragma once

#include <cstdint>
#include <string>

#include "sim/activity.hpp"
#include "sim/fleet.hpp"
#include "sim/random.hpp"
#include "sim/text.hpp"

namespace fleetmeter::sim {

/// Whose shape a process object has. `lean` is V1 with nothing but what every record must have.
enum class Api { v1, v1_rooms, v2, v3, early, lean };

/// The text of a process object, cut where its counter stands; the counter is all that changes from
/// one poll to the next unless something happens to the process.
struct RecordText {
  std::string head;
  std::string tail;  // empty: no counter in this shape
};

/// Writes process objects in one order of keys.
class RecordWriter {
 public:
  RecordWriter(KeyOrder order, std::uint64_t seed) : order_(order), random_(seed) {}

  [[nodiscard]] RecordText write(const TrueProcess& process, const App& app,
                                 const Activity& activity, std::int64_t now_ms, Api api);

 private:
  void add_activity(ObjectText& object, const Activity& activity, int rooms_per_process);
  void add_ports(ObjectText& object, const TrueProcess& process, bool debug_port,
                 std::int64_t now_ms);
  void add_rooms(ObjectText& object, const TrueProcess& process, const App& app,
                 const Activity& activity);
  std::string port(const std::string& host, std::int64_t number, const char* name);
  std::string room(const Room& room, const TrueProcess& process, const App& app);

  KeyOrder order_;
  Random random_;
};

}  // namespace fleetmeter::sim
