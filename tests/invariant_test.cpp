#include "base/invariant.hpp"

#include <string>

#include "fleetmeter/error.hpp"
#include "support/catch.hpp"

namespace fleetmeter::base {

TEST_CASE("invariant: one that holds is silent") {
  CHECK_NOTHROW(check(true, "all is well"));
  CHECK_NOTHROW(check_in_tests([] { return true; }, "all is well"));
}

TEST_CASE("invariant: one that is broken says which, and which line stands on it") {
  const unsigned line = __LINE__ + 2;
  try {
    check(false, "what was digested is not behind the end");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    const std::string what = error.what();
    CHECK(error.kind() == ErrorKind::internal);
    CHECK(what.find("invariant_test.cpp:" + std::to_string(line) + ": ") != std::string::npos);
    CHECK(what.ends_with("what was digested is not behind the end"));
  }
}

TEST_CASE("invariant: what costs much is checked in builds without NDEBUG only") {
  int asked = 0;
  check_in_tests([&] { return ++asked > 0; }, "it was asked");
#ifdef NDEBUG
  CHECK(asked == 0);
#else
  CHECK(asked == 1);
  CHECK_THROWS_AS(check_in_tests([] { return false; }, "it holds"), Error);
#endif
}

}  // namespace fleetmeter::base
