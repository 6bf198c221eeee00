#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/part.hpp"

namespace fleetmeter::store {

/// What an observation says of a process, by the numbers of a store.
struct SaidNumbers {
  std::int64_t process_key = 0;
  std::int64_t attribute_no = 0;
  std::int64_t activity_no = 0;
  std::optional<std::int64_t> egressed_bytes;
};

/// All that an observation says, as a text that is the same in every store. Two observations of one
/// process say the same when theirs are equal. Reads a lot.
[[nodiscard]] std::string said_content(const Part& part, const SaidNumbers& said);

}  // namespace fleetmeter::store
