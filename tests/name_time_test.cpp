// Times in names of files and in log lines, times that mean none, durations.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "base/name_time.hpp"
#include "base/said_time.hpp"
#include "base/time_text.hpp"
#include "support/catch.hpp"
#include "support/times.hpp"

namespace fleetmeter::base {

using namespace times;

namespace {

std::optional<std::int64_t> in_name(const std::string& path) {
  return find_time_in_name(path).ms;
}

}  // namespace

TEST_CASE("base: a time is found in a file's name in every spelling") {
  const std::int64_t utc = at("2024-11-01T08:30:00Z");
  const std::vector<std::string> names{
      "2024-11-01T08-30-00Z.json", "20241101T083000Z.json", "running_2024-11-01T08-30-00Z.json.gz",
      "running-20241101T083000Z.ndjson.zst",
      "/archive/2023-01-01T00-00-00Z/app.2024-11-01T08:30:00Z.json",
      "poll-2024-11-01T10-30-00+02-00.json", "20241101T103000+0200.json",
      "2024-11-01T10:30:00+02:00.json", "2024-11-01T04:30:00-04:00.json",
      "v2.2024-11-01_08-30-00Z-latest.json", "2024-11-01T083000Z.json", "20241101T08-30-00Z.json",
      "2024-11-01T08-30Z.json", "2024-11-01_08-30-00UTC.json", "2024-11-01-08-30-00Z.json",
      "2024-11-01T08-30-00-000Z.json",  // JavaScript's toISOString with its colons and point
                                        // replaced
      "20241101T083000000Z.json", "20241101083000Z.json", "polls.2024-11-01T08:30:00Z.ndjson.3.gz",
      "poll-1730449800.json", "1730449800000.json", "snapshot_1730449800_london.json",
      "2024-11-01/08-30-00Z.json", "archive/2024-11-01/london/running-08-30Z.json",
      "dt=2024-11-01/0830Z.json", "2024/11/01/08-30-00Z.json",
      "year=2024/month=11/day=01/poll-083000Z.json", "20241101/T08:30:00Z.json"};
  for (const std::string& name : names) {
    INFO(name);
    CHECK(in_name(name) == std::optional(utc));
  }
  CHECK(in_name("2024-11-01T08:30:00.123+02:00") == std::optional(utc - 7'199'877));
  CHECK(in_name("a_20241101T083000.987654Z.json") == std::optional(utc + 987));
  CHECK(in_name("1730449800123.json") == std::optional(utc + 123));
  CHECK(in_name("1730449800.250.json") == std::optional(utc + 250));
  CHECK(in_name("2024-11-05T10-00Z.json") == std::optional(at("2024-11-05T10:00:00Z")));
  CHECK(in_name("20241105T100500Z.json") == std::optional(at("2024-11-05T10:05:00Z")));
  CHECK(in_name("2024-11-05_10-15-00+0200") == std::optional(at("2024-11-05T08:15:00Z")));
}

TEST_CASE("base: what is no time in a file's name is none") {
  for (const char* name : {"",
                           "running.json",
                           "2024-11-01.json",
                           "20241101.json",
                           "2024-11-01T08-30-00.json",
                           "12024-11-01T08-30-00Z.json",
                           "2024-13-01T08-30-00Z.json",
                           "2024-11-01T25-00-00Z.json",
                           "2024-11-01T08-30-00Z/running.json",
                           "2024-11-01T08:3000Z",
                           "2024-1101T083000Z",
                           "2024-11-01T09-30-00-0007.json",
                           "2024-11-01T09-30-00-0930.json",
                           "2024-11-01T09-30-00-1234.json",
                           "2024-11-01T09-30-00+0007.json",
                           "2024-11-01T09-30-00+1500.json",
                           "2024-11-01T09-30-00Z7.json",
                           "2024-11-01T09-30-00Zurich.json",
                           "173044980.json",
                           "17304498000.json",
                           "1230449800.json",
                           "9999999999.json",
                           "2024-11-01/0007.json",
                           "2024-11-01/09-30-00.json",
                           "08-30-00Z.json",
                           "from-2024-11-01T08-30-00Z-to-2024-12-01T08-30-00Z.json",
                           "2024-11-01T08-30-00Z-2024-11-01T09-30-00.json"}) {
    INFO(name);
    CHECK_FALSE(in_name(name));
  }
}

TEST_CASE("base: a name says why its time is none, and a zone makes it one") {
  using Kind = NameTime::Kind;
  CHECK(find_time_in_name("2024-11-01T09-30-00-0007.json").kind == Kind::no_zone);
  CHECK(find_time_in_name("2024-11-01T09-30-00-0007.json").text == "2024-11-01T09-30-00");
  CHECK(find_time_in_name("2024-11-01/09-30-00.json").kind == Kind::no_zone);
  CHECK(find_time_in_name("a-2024-11-01T08-30Z-b-2024-11-02T08-30Z").kind == Kind::two_times);
  // 1730449800 is 08:30:00, 1730453400 an hour later.
  CHECK(find_time_in_name("2024-11-01T08-30-00Z.1730453400.json").kind == Kind::two_times);
  CHECK(find_time_in_name("1730453400-2024-11-01T08-30-00Z.json").kind == Kind::two_times);
  CHECK(find_time_in_name("2024-11-01T08-30-00Z.1730449800.json").ms == 1730449800000);
  CHECK(find_time_in_name("2024-11-01T08-30-00Z.1730449800123.json").ms == 1730449800000);
  CHECK(find_time_in_name("running.json").kind == Kind::none);
  const Zone berlin("Europe/Berlin");
  CHECK(find_time_in_name("2024-11-01T09-30-00-0007.json", &berlin).ms ==
        std::optional(at("2024-11-01T08:30:00Z")));
  CHECK(find_time_in_name("2024-07-01/10-30.json", &berlin).ms ==
        std::optional(at("2024-07-01T08:30:00Z")));
  CHECK(find_time_in_name("2024-10-27T02-30-00.json", &berlin).kind == Kind::twice);
  CHECK(find_time_in_name("2024-03-31T02-30-00.json", &berlin).kind == Kind::twice);
  CHECK(find_time_in_name("2024-11-01T08-30-00Z.json", &berlin).ms ==
        std::optional(at("2024-11-01T08:30:00Z")));
}

TEST_CASE("base: a time before a document in a log line") {
  const auto utc = std::optional(at("2024-11-01T08:30:00.123Z"));
  CHECK(find_time_in_text("2024-11-01T08:30:00.123456789Z stdout F ") == utc);
  CHECK(find_time_in_text("[2024-11-01 08:30:00.123Z] INFO poller[12]: ") == utc);
  CHECK_FALSE(find_time_in_text("Nov  1 08:30:00 host poller[123]: "));
  CHECK_FALSE(find_time_in_text("2024-11-01 08:30:00,123 INFO "));
}

TEST_CASE("base: times that mean none, in any spelling") {
  for (const char* text : {"0001-01-01T00:00:00",
                           "0001-01-01T00:00:00Z",
                           "0001-01-01T00:00:00.000Z",
                           "0001-01-01T00:00:00+00:00",
                           "1970-01-01T00:00:00Z",
                           "1970-01-01T00:00:00",
                           "1970-01-01 00:00:00",
                           "1969-12-31T23:59:59Z",
                           "1999-12-31T23:59:59.999Z",
                           "9999-12-31T23:59:59.9999999Z",
                           "9999-12-31T23:59:59.9999999",
                           "9999-01-01T00:00:00Z",
                           "0000-00-00 00:00:00",
                           "0001-01-01",
                           "1/1/0001 12:00:00 AM",
                           "12/31/9999 11:59:59 PM",
                           "0001/01/01",
                           "/Date(-62135596800000)/",
                           "+292278994-08-17T07:12:55.807Z",
                           "-1000000000-01-01T00:00:00Z"}) {
    INFO(text);
    const SaidTime said = read_said_time(text);
    CHECK(said.is_placeholder);
    CHECK_FALSE(said.ms);
    CHECK(said.problem == nullptr);
  }
  CHECK(read_said_time("2000-01-01T00:00:00Z").ms == std::optional<std::int64_t>(946'684'800'000));
  CHECK(read_said_time("9998-12-31T23:59:59Z").ms.has_value());
  CHECK(read_said_time("/Date(1730449800000+0100)/").ms ==
        std::optional(at("2024-11-01T08:30:00Z")));
  for (const char* text : {"2024-11-01T08:30:00", "yesterday", "", "0001-01-01x", "2024-11-01",
                           "2024/11/01 09:00:00Z", "2024/11/01", "11/1/24 9:00:00 AM",
                           "11/1/2024 9:00:00 AM", "24-11-01 09:00:00", "20/11/01"}) {
    INFO(text);
    const SaidTime said = read_said_time(text);
    CHECK_FALSE(said.is_placeholder);
    CHECK(said.problem != nullptr);
  }
}

TEST_CASE("base: unix times of log lines") {
  const auto utc = std::optional(at("2024-11-01T08:30:00.250Z"));
  for (const char* text : {"1730449800.250", "1730449800.25099", "1730449800250",
                           "1730449800250999", "1730449800250999999"}) {
    INFO(text);
    CHECK(parse_unix_time(text) == utc);
  }
  for (const char* text :
       {"", "1", "1730449800.", "17304498", "-1730449800", "1.7e9", "9999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_unix_time(text));
  }
}

TEST_CASE("base: durations") {
  CHECK(parse_duration("15m") == 15 * 60'000);
  CHECK(parse_duration("72h") == 72 * kHour_ms);
  CHECK(parse_duration("90s") == 90'000);
  CHECK(parse_duration("250ms") == 250);
  CHECK(parse_duration("3d") == 3 * kDay_ms);
  CHECK(parse_duration("0s") == 0);
  CHECK(parse_duration("007s") == 7000);
  for (const char* bad :
       {"", "15", "m", "-1s", "+1s", "1.5h", "1h30m", "1 h", " 1h", "1h ", "1H", "1min", "1w",
        "999999999999999d", "9999999999999999s", "18446744073709551617ms", "0x10s"}) {
    INFO(bad);
    CHECK_FALSE(parse_duration(bad));
  }
  CHECK(format_duration(0) == "0h 00m 00.000s");
  CHECK(format_duration(12 * kHour_ms + 3 * 60'000 + 11'250) == "12h 03m 11.250s");
  CHECK(format_duration(1000 * kHour_ms) == "1000h 00m 00.000s");
  CHECK(format_duration(-1) == "-0h 00m 00.001s");
  CHECK(format_duration(std::numeric_limits<std::int64_t>::max()) == "2562047788015h 12m 55.807s");
  CHECK(format_duration(std::numeric_limits<std::int64_t>::min()) == "-2562047788015h 12m 55.808s");
}

}  // namespace fleetmeter::base
