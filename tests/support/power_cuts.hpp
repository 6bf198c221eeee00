#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "support/power_disk.hpp"

namespace fleetmeter::test {

/// Work on a store in steps, of which each is acknowledged by coming to its end.
struct Work {
  std::string store;
  std::vector<std::function<void(Store&)>> steps;
  /// Whether a step has been done, as far as one can see; true of each that was acknowledged.
  std::function<bool(Store&, std::size_t step)> is_done;
  std::string folder = {};  ///< where steps make files beside the store; empty: nowhere
};

/// Runs the steps, as far as the disk lets it: why it ended, or nothing when it came to its end.
std::string run(const Work& work);

/// Everything that the store answers, but for what depends on how often something was read.
std::string answers(const Work& work);

/// A number of a seed that has nothing to do with that of the next one.
std::uint64_t mixed(std::uint64_t seed);

/// Cuts the power again and again while some work is done on what is on the disk, and says what is
/// wrong with the first that is not well; nothing: all are. Well is a store that is sound, that has
/// all that was acknowledged, and where the same work once more ends as it does undisturbed.
///
/// The work is done once, and the disk notes each operation. A cut is the first so many of them,
/// and what the disk may have made of those that were not synced. What SQLite then reads is one of
/// the few states that some transaction left, or nothing good: each of these is asked everything
/// once, and once again every five hundred cuts.
std::string first_fault(const Work& work, PowerDisk& disk, std::uint64_t cuts,
                        bool disk_lies = false);

}  // namespace fleetmeter::test
