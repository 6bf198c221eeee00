#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "ask/window.hpp"
#include "fleetmeter/int128.hpp"
#include "meter/billing.hpp"
#include "model/policy.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// How a process's charged time falls to its rooms, in microseconds. Time in which several rooms
/// stand on it is shared equally among them; what then remains of a microsecond goes to the first
/// by id. Time without a room is idle.
class RoomTimes {
 public:
  /// By the room's id; idle time is under "", which no room is called.
  using Shares = std::map<std::string, Bounded<Int128>>;

  /// Reads the stays of rooms in the question's window, and who was charged for what in it.
  RoomTimes(const Question& question, const model::Policy& policy, store::Reader& reader);

  /// What falls to each room of one process in a window.
  [[nodiscard]] Shares in(const std::string& process_id, const meter::Window& window) const;

  /// Whether it is known which rooms the process had, or that it had none.
  [[nodiscard]] bool are_known(const std::string& process_id);

 private:
  /// A span in which the same rooms stand on a process.
  struct Span {
    meter::Window window;
    std::vector<std::uint32_t> rooms;  ///< by their places in Hosted::rooms, in order
  };
  struct Hosted {
    std::vector<std::string> rooms;  ///< in order
    std::vector<Span> spans;         ///< in order
  };
  struct Charged {
    std::int64_t process_key = 0;
    meter::BillableSpan span;
  };
  struct Stay {
    meter::Window window;
    std::uint32_t room = 0;
  };

  RoomTimes(const Question& question, const ask::ResolvedWindow& window,
            const model::Policy& policy, store::Reader& reader);
  void read_stays(const ask::ResolvedWindow& window);
  [[nodiscard]] static std::vector<Span> spans_of(const std::vector<Stay>& stays);
  static void add(const Hosted* hosted, const meter::Window& window, Int128 Bounded<Int128>::*of,
                  Shares& shares);

  store::RoomStays stays_;
  std::unordered_map<std::string, Charged> charged_;
  std::unordered_map<std::int64_t, Hosted> hosted_;
};

}  // namespace fleetmeter::settle
