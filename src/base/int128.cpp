#include "fleetmeter/int128.hpp"

#include <algorithm>

namespace fleetmeter {

std::string to_text(Int128 value) {
  const bool negative = value < 0;
  std::string digits;
  do {
    // The remainder keeps the dividend's sign, so the most negative value needs no negation.
    const int digit = static_cast<int>(value % 10);
    digits.push_back(static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  if (negative) {
    digits.push_back('-');
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace fleetmeter
