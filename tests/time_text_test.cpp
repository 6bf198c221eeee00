// Times as texts: RFC 3339, and what other tools write in its place.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/said_time.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "support/catch.hpp"
#include "support/times.hpp"

namespace fleetmeter::base {

using namespace times;

TEST_CASE("base: RFC 3339 times become unix milliseconds") {
  CHECK(at("1970-01-01T00:00:00Z") == 0);
  CHECK(at("2023-03-31T11:16:03.717Z") == 1'680'261'363'717);
  CHECK(at("2019-08-24T14:15:22Z") == 1'566'656'122'000);
  CHECK(at("2000-01-23T04:56:07.000+00:00") == 948'603'367'000);
  CHECK(at("2024-02-29T23:59:59Z") == at("2024-03-01T00:00:00Z") - 1000);
  CHECK(at("2024-11-01t08:30:00z") == at("2024-11-01T08:30:00Z"));
  CHECK(at("2024-11-01 08:30:00Z") == at("2024-11-01T08:30:00Z"));
}

TEST_CASE("base: every number of fraction digits is read, and floored to a millisecond") {
  const std::int64_t second = at("2024-11-01T08:30:00Z");
  const std::string digits = "987654321";
  const std::vector<std::int64_t> ms{900, 980, 987, 987, 987, 987, 987, 987, 987};
  for (std::size_t count = 1; count <= digits.size(); ++count) {
    CHECK(at("2024-11-01T08:30:00." + digits.substr(0, count) + "Z") == second + ms[count - 1]);
  }
  CHECK(at("2024-11-01T08:30:00.999999999999999999999Z") == second + 999);
  CHECK(at("2024-11-01T08:30:00.0009Z") == second);
}

TEST_CASE("base: before 1970 a fraction still counts forward, so it is floored") {
  CHECK(at("1969-12-31T23:59:59.999Z") == -1);
  CHECK(at("1969-12-31T23:59:59.9999Z") == -1);
  CHECK(at("1969-12-31T23:59:59.0009Z") == -1000);
  CHECK(at("1969-12-31T23:59:59Z") == -1000);
  CHECK(at("1900-01-01T00:00:00.5Z") == at("1900-01-01T00:00:00Z") + 500);
}

TEST_CASE("base: offsets are taken away") {
  const std::int64_t utc = at("2024-11-01T08:30:00Z");
  CHECK(at("2024-11-01T10:30:00+02:00") == utc);
  CHECK(at("2024-11-01T03:00:00-05:30") == utc);
  CHECK(at("2024-11-01T08:30:00-00:00") == utc);
  CHECK(at("2024-11-02T08:29:00+23:59") == utc);
  CHECK(at("2024-10-31T08:31:00.250-23:59") == utc + 250);
}

TEST_CASE("base: the calendar's edges") {
  CHECK(at("0000-01-01T00:00:00Z") == -62'167'219'200'000);
  CHECK(at("0001-01-01T00:00:00Z") == -62'135'596'800'000);
  CHECK(at("9999-12-31T23:59:59.999Z") == 253'402'300'799'999);
  CHECK(at("2000-02-29T00:00:00Z") == at("2000-03-01T00:00:00Z") - kDay_ms);
  CHECK(refused("1900-02-29T00:00:00Z"));
  CHECK(refused("2023-02-29T00:00:00Z"));
  CHECK(refused("2024-04-31T00:00:00Z"));
  CHECK(refused("2024-00-10T00:00:00Z"));
  CHECK(refused("2024-13-01T00:00:00Z"));
  CHECK(refused("2024-11-00T00:00:00Z"));
  CHECK(refused("10000-01-01T00:00:00Z"));
  CHECK(refused("-001-01-01T00:00:00Z"));
}

TEST_CASE("base: what common tools write in place of RFC 3339 is read") {
  const std::int64_t utc = at("2024-11-01T08:30:00Z");
  for (const char* text :
       {"2024-11-01T08:30Z", "2024-11-01T08:30+00:00", "2024-11-01T10:30:00+0200",
        "2024-11-01T10:30:00+02", "2024-11-01 08:30:00+00", "2024-11-01 08:30:00 UTC",
        "2024-11-01 08:30:00 +0000 UTC", "2024-11-01T08:30:00 GMT",
        "2024-11-01T09:30:00+01:00[Europe/Berlin]", "2024-11-01T08:30:00,000000000+00:00"}) {
    INFO(text);
    CHECK(at(text) == utc);
  }
  CHECK(at("2024-11-01T08:30:00,5Z") == utc + 500);
}

TEST_CASE("base: what is not RFC 3339 is refused with a reason") {
  const std::vector<std::string> bad{"",
                                     "Z",
                                     "2024",
                                     "2024-11-01",
                                     "2024-11-01T",
                                     "2024-11-01T08",
                                     "2024-11-01T08:30",
                                     "2024-11-01T08:30:00",
                                     "2024-11-01T08:30:00.Z",
                                     "2024-11-01T08:30:00+24:00",
                                     "2024-11-01T08:30:00+99:99",
                                     "2024-11-01T08:30:00+02:60",
                                     "2024-11-01T08:30:00Z ",
                                     " 2024-11-01T08:30:00Z",
                                     "2024-11-01T08:30:00Zulu",
                                     "2024-11-01T24:00:00Z",
                                     "2024-11-01T08:60:00Z",
                                     "2024-11-01T23:59:60Z",
                                     "2024-11-01T8:30:00Z",
                                     "2024-1-1T08:30:00Z",
                                     "24-11-01T08:30:00Z",
                                     "20241101T083000Z",
                                     "2024/11/01T08:30:00Z",
                                     "2024-11-01T08-30-00Z",
                                     "2024-11-01X08:30:00Z",
                                     "2024-11-01T-8:30:00Z",
                                     "+024-11-01T08:30:00Z",
                                     "1730449800",
                                     "1730449800000",
                                     "2024-11-01T08:30:00\xE2\x88\x92"
                                     "05:00",
                                     std::string("2024-11-01T08:30:00Z\0", 21)};
  for (const std::string& text : bad) {
    INFO(printable(text));
    CHECK(refused(text));
  }
}

TEST_CASE("base: a formatted time reads back as itself") {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::int64_t> any(-62'167'219'200'000, 253'402'300'799'999);
  for (int i = 0; i < 5000; ++i) {
    const std::int64_t ms = any(random);
    CHECK(at(format_utc(ms)) == ms);
  }
  CHECK(format_utc(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(format_utc(-62'167'219'200'000) == "0000-01-01T00:00:00.000Z");
  CHECK(format_utc(253'402'300'799'999) == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("base: dates count days, and back") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({1969, 12, 31}) == -1);
  CHECK(days_from_civil({2000, 3, 1}) == 11'017);
  for (std::int64_t day = -719'528; day <= 2'932'896; day += 97) {
    CHECK(days_from_civil(civil_from_days(day)) == day);
  }
  CHECK(parse_date("2024-11-03") == CivilDate{2024, 11, 3});
  for (const char* bad : {"", "2024-11", "2024-11-3", "2024-11-31", "20241103", "2024-11-03Z",
                          " 2024-11-03", "2024-11-03 ", "24-11-03", "2023-02-29"}) {
    INFO(bad);
    CHECK_FALSE(parse_date(bad));
  }
}

TEST_CASE("base: local times are written with their offset") {
  const std::int64_t ms = at("2024-11-03T05:00:00Z");
  CHECK(format_local(ms, 0, true) == "2024-11-03T05:00:00Z");
  CHECK(format_local(ms, 0, false) == "2024-11-03T05:00:00+00:00");
  CHECK(format_local(ms, -4 * 3600, false) == "2024-11-03T01:00:00-04:00");
  CHECK(format_local(ms, 5 * 3600 + 1800, false) == "2024-11-03T10:30:00+05:30");
  CHECK(format_local(ms, -6 * 3600, false) == "2024-11-02T23:00:00-06:00");
  CHECK(format_date({824, 1, 2}) == "0824-01-02");
  CHECK(format_month({2024, 11, 3}) == "2024-11");
}

}  // namespace fleetmeter::base
