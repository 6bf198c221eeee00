#pragma once

// The cells of rows that tests make themselves.

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter::test {

using Row = std::vector<Cell>;

inline Cell text(const std::string& value) {
  return value;
}
inline Cell integer(std::int64_t value) {
  return value;
}

}  // namespace fleetmeter::test
