// The Bloom filter of names: it never denies a name that was added, and seldom claims another.

#include "base/name_filter.hpp"

#include <string>

#include "support/catch.hpp"

namespace {

std::string name_of(int number) {
  return "name-" + std::to_string(number);
}

}  // namespace

TEST_CASE("an empty filter holds nothing", "[name_filter]") {
  CHECK_FALSE(fleetmeter::base::NameFilter().may_hold(""));
}

TEST_CASE("a filter denies no name that was added, and few others", "[name_filter]") {
  constexpr int kNames = 100'000;  // three stages, the last not full
  fleetmeter::base::NameFilter filter;
  for (int i = 0; i < kNames; ++i) {
    filter.add(name_of(i));
  }
  int denied = 0;
  int claimed = 0;
  for (int i = 0; i < kNames; ++i) {
    denied += filter.may_hold(name_of(i)) ? 0 : 1;
    claimed += filter.may_hold(name_of(kNames + i)) ? 1 : 0;
  }
  CHECK(denied == 0);
  CHECK(claimed < kNames / 20);
  filter.clear();
  CHECK_FALSE(filter.may_hold(name_of(0)));
}
