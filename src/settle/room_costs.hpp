#pragma once

#include <map>
#include <string>
#include <vector>

#include "rate/rater.hpp"
#include "settle/room_times.hpp"
#include "settle/terms.hpp"

namespace fleetmeter::settle {

[[nodiscard]] bool is_by(const Question& question, GroupBy by);

/// What a room has of a process's time, in microseconds.
struct RoomTime {
  std::string room_id;  ///< "" for idle time
  Bounded<Int128> time;
};

/// Shares a number and its bounds by time, in whole units. A bound is shared by the time that lies
/// within that bound, and never crosses the share of the number. What is used outside of all time,
/// such as bytes, is the last one's, which is idle time.
[[nodiscard]] std::vector<Bounded<Int128>> share_out(const Bounded<Int128>& total,
                                                     const std::vector<RoomTime>& times,
                                                     Int128 unit = 1);

/// The cost of each process shared among the rooms that stood on it. The rater is asked by process;
/// this notes how long its rooms stood there, and then divides its lines.
class RoomCosts {
 public:
  RoomCosts(const Question& question, const Terms& terms, store::Reader& reader);

  /// The question that the rater is asked: by process in place of by room.
  [[nodiscard]] const Question& of_processes() const { return of_processes_; }

  /// Says which part of a billing month the usage that follows is of: the question's window.
  void begin_month(const Question& part);

  /// Notes whose time it was that is counted in the line `key`.
  void note(const rate::Rater::Key& key, const rate::Usage& usage);

  /// The rooms of a line of the rater's, and idle time last.
  [[nodiscard]] std::vector<RoomTime> times_of(const rate::CostLine& line) const;

  /// Divides the rater's lines; those about rounding come last.
  [[nodiscard]] std::vector<rate::CostLine> divide(const std::vector<rate::CostLine>& lines);

 private:
  [[nodiscard]] meter::Window period_of(const rate::Usage& usage) const;
  [[nodiscard]] std::vector<std::string> group_of(const rate::CostLine& line,
                                                  const std::string& room_id) const;
  [[nodiscard]] std::vector<rate::CostLine> rooms_of(const rate::CostLine& line);

  const Question& question_;
  const Int128 byte_;  ///< in the unit of a line's metered quantity
  Question of_processes_;
  std::size_t process_place_ = 0;  ///< of the process in its groups
  store::StoreSpan span_;
  RoomTimes times_;
  meter::Window month_;  ///< as far as it is asked for
  std::map<std::size_t, std::map<std::string, base::Period>> periods_;  ///< by group and label
  std::map<rate::Rater::Key, RoomTimes::Shares> noted_;
};

}  // namespace fleetmeter::settle
