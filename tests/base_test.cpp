#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.hpp"
#include "base/name_time.hpp"
#include "base/said_time.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "base/uuid.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/int128.hpp"
#include "support/catch.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kDay_ms = 24 * kHour_ms;

std::int64_t at(const std::string& text) {
  const ParsedTime parsed = parse_rfc3339(text);
  INFO(text << ": " << (parsed.problem == nullptr ? "" : parsed.problem));
  REQUIRE(parsed.ms);
  REQUIRE(parsed.problem == nullptr);
  return *parsed.ms;
}

bool refused(const std::string& text) {
  const ParsedTime parsed = parse_rfc3339(text);
  return !parsed.ms && parsed.problem != nullptr && *parsed.problem != '\0';
}

/// The one period of a zone that holds an instant.
Period period_at(const Zone& zone, CivilUnit unit, const std::string& instant) {
  const std::int64_t ms = at(instant);
  const std::vector<Period> periods = zone.periods(unit, ms, ms + 1);
  REQUIRE(periods.size() == 1);
  return periods.front();
}

double hours_of_day(const std::string& zone, const std::string& noon) {
  const Period day = period_at(Zone(zone), CivilUnit::day, noon);
  return static_cast<double>(day.end_ms - day.start_ms) / static_cast<double>(kHour_ms);
}

std::vector<std::string> labels(const std::vector<Period>& periods) {
  std::vector<std::string> out;
  for (const Period& period : periods) {
    out.push_back(period.label);
  }
  return out;
}

std::vector<std::string> hours_between(const std::string& zone, const std::string& from,
                                       const std::string& to) {
  return labels(Zone(zone).periods(CivilUnit::hour, at(from), at(to)));
}

using Labels = std::vector<std::string>;

}  // namespace

// ---- RFC 3339

TEST_CASE("base: a UUID is packed only when its text comes back") {
  const std::string usual = "b680ae65-16e7-4d74-a088-4350432723a5";
  const std::optional<std::string> packed = packed_uuid(usual);
  REQUIRE(packed);
  CHECK(packed->size() == 16);
  CHECK(uuid_text(*packed) == usual);
  for (const char* other :
       {"", "stay", "B680AE65-16e7-4d74-a088-4350432723a5", "b680ae6516e7-4d74-a088-4350432723a5-",
        "b680ae65-16e7-4d74-a088-4350432723a", "b680ae65-16e7-4d74-a088-4350432723a5 ",
        "b680ae65-16e7-4d74-a088-4350432723g5", "b680ae6--16e7-4d74-a088-4350432723a5"}) {
    INFO(other);
    CHECK_FALSE(packed_uuid(other));
  }
}

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

// ---- times in file names, durations

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
  for (const char* text :
       {"0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z",
        "0001-01-01T00:00:00+00:00", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00",
        "1970-01-01 00:00:00", "1969-12-31T23:59:59Z", "1999-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999", "9999-01-01T00:00:00Z",
        "0000-00-00 00:00:00", "0001-01-01", "1/1/0001 12:00:00 AM", "12/31/9999 11:59:59 PM",
        "/Date(-62135596800000)/", "+292278994-08-17T07:12:55.807Z",
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
  for (const char* text : {"2024-11-01T08:30:00", "yesterday", "", "0001-01-01x", "2024-11-01"}) {
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

// ---- the calendar

TEST_CASE("base: days have 23, 24 or 25 hours, or what the zone decides") {
  CHECK(hours_of_day("UTC", "2024-03-10T12:00:00Z") == 24);
  CHECK(hours_of_day("America/New_York", "2024-03-10T16:00:00Z") == 23);
  CHECK(hours_of_day("America/New_York", "2024-11-03T16:00:00Z") == 25);
  CHECK(hours_of_day("America/New_York", "2024-11-04T16:00:00Z") == 24);
  CHECK(hours_of_day("Europe/London", "2024-03-31T12:00:00Z") == 23);
  CHECK(hours_of_day("Europe/London", "2024-10-27T12:00:00Z") == 25);
  CHECK(hours_of_day("Australia/Lord_Howe", "2024-04-07T01:00:00Z") == 24.5);
  CHECK(hours_of_day("Australia/Lord_Howe", "2024-10-06T01:00:00Z") == 23.5);
  CHECK(hours_of_day("Asia/Kolkata", "2024-10-27T12:00:00Z") == 24);
}

TEST_CASE("base: a zone that moves its clock at midnight") {
  // Havana skips 00:00 to 01:00, so the day begins at 01:00; in autumn 00:00 comes twice.
  CHECK(hours_of_day("America/Havana", "2024-03-10T16:00:00Z") == 23);
  CHECK(hours_of_day("America/Havana", "2024-11-03T16:00:00Z") == 25);
  CHECK(Zone("America/Havana").start_of({2024, 3, 10}) == at("2024-03-10T05:00:00Z"));
  CHECK(Zone("America/Havana").start_of({2024, 11, 3}) == at("2024-11-03T04:00:00Z"));
  // Sao Paulo skipped midnight in spring and went back from midnight to 23:00 in autumn.
  CHECK(hours_of_day("America/Sao_Paulo", "2018-11-04T16:00:00Z") == 23);
  CHECK(hours_of_day("America/Sao_Paulo", "2018-02-17T16:00:00Z") == 25);
  CHECK(hours_of_day("America/Sao_Paulo", "2018-02-18T16:00:00Z") == 24);
  CHECK(Zone("America/Sao_Paulo").start_of({2018, 2, 18}) == at("2018-02-18T03:00:00Z"));
  CHECK(hours_of_day("Asia/Beirut", "2024-03-31T12:00:00Z") == 23);
  CHECK(hours_of_day("Asia/Beirut", "2024-10-26T12:00:00Z") == 25);
  CHECK(hours_of_day("Asia/Beirut", "2024-10-27T12:00:00Z") == 24);
  // St John's went back at 00:01 to 23:01 of the day before: the earlier midnight begins the day.
  CHECK(Zone("America/St_Johns").start_of({2010, 11, 7}) == at("2010-11-07T02:30:00Z"));
  CHECK(hours_of_day("America/St_Johns", "2010-11-07T16:00:00Z") == 25);
  CHECK(hours_of_day("America/St_Johns", "2010-11-06T16:00:00Z") == 24);
}

TEST_CASE("base: a date that a zone skipped is no period") {
  const Zone apia("Pacific/Apia");
  const std::vector<Period> days =
      apia.periods(CivilUnit::day, at("2011-12-29T12:00:00Z"), at("2011-12-31T12:00:00Z"));
  CHECK(labels(days) == Labels{"2011-12-29", "2011-12-31", "2012-01-01"});
  CHECK(days[0].end_ms == days[1].start_ms);
  CHECK(days[0].end_ms == at("2011-12-30T10:00:00Z"));
  CHECK(days[0].end_ms - days[0].start_ms == kDay_ms);
  CHECK(apia.start_of({2011, 12, 30}) == apia.start_of({2011, 12, 31}));
  const Period december = period_at(apia, CivilUnit::month, "2011-12-15T00:00:00Z");
  CHECK(december.end_ms - december.start_ms == 30 * kDay_ms);
}

TEST_CASE("base: a repeated hour is two windows, told apart by its offset") {
  CHECK(hours_between("America/New_York", "2024-11-03T04:00:00Z", "2024-11-03T08:00:00Z") ==
        Labels{"2024-11-03T00:00:00-04:00", "2024-11-03T01:00:00-04:00",
               "2024-11-03T01:00:00-05:00", "2024-11-03T02:00:00-05:00"});
  CHECK(hours_between("America/New_York", "2024-03-10T06:00:00Z", "2024-03-10T08:00:00Z") ==
        Labels{"2024-03-10T01:00:00-05:00", "2024-03-10T03:00:00-04:00"});
  CHECK(hours_between("UTC", "2024-11-03T00:59:59.999Z", "2024-11-03T02:00:00Z") ==
        Labels{"2024-11-03T00:00:00Z", "2024-11-03T01:00:00Z"});
  CHECK(hours_between("Europe/London", "2024-12-01T00:00:00Z", "2024-12-01T01:00:00Z") ==
        Labels{"2024-12-01T00:00:00+00:00"});
}

TEST_CASE("base: hours of zones with half-hour offsets are local hours") {
  const Period kolkata = period_at(Zone("Asia/Kolkata"), CivilUnit::hour, "2024-11-01T08:30:00Z");
  CHECK(kolkata.label == "2024-11-01T14:00:00+05:30");
  CHECK(kolkata.start_ms == at("2024-11-01T08:30:00Z"));
  CHECK(kolkata.end_ms - kolkata.start_ms == kHour_ms);

  // Lord Howe goes back from 02:00 to 01:30: the clock shows hour 01 for 90 minutes.
  const Zone lord_howe("Australia/Lord_Howe");
  const Period folded = period_at(lord_howe, CivilUnit::hour, "2024-04-06T15:10:00Z");
  CHECK(folded.label == "2024-04-07T01:00:00+11:00");
  CHECK(folded.end_ms - folded.start_ms == 90 * 60'000);
  // And forward from 02:00 to 02:30: half of hour 02 is missing.
  const Period cut = period_at(lord_howe, CivilUnit::hour, "2024-10-05T15:45:00Z");
  CHECK(cut.start_ms == at("2024-10-05T15:30:00Z"));
  CHECK(cut.end_ms - cut.start_ms == 30 * 60'000);
}

TEST_CASE("base: months") {
  const Zone new_york("America/New_York");
  const std::vector<Period> months = new_york.periods(
      CivilUnit::month, at("2024-01-31T23:00:00-05:00"), at("2024-03-01T00:00:00-05:00"));
  CHECK(labels(months) == Labels{"2024-01", "2024-02"});
  CHECK(months[1].start_ms == at("2024-02-01T00:00:00-05:00"));
  CHECK(months[1].end_ms - months[1].start_ms == 29 * kDay_ms);
  const Period november = period_at(new_york, CivilUnit::month, "2024-11-15T00:00:00Z");
  CHECK(november.end_ms - november.start_ms == 30 * kDay_ms + kHour_ms);
}

TEST_CASE("base: the empty window has no periods") {
  const Zone utc("UTC");
  CHECK(utc.periods(CivilUnit::day, 0, 0).empty());
  CHECK(utc.periods(CivilUnit::day, 10, 5).empty());
  CHECK(utc.periods(CivilUnit::day, 0, 1).size() == 1);
}

TEST_CASE("base: periods are contiguous and cover their window, in every zone") {
  std::mt19937_64 random(20241103);
  const std::vector<std::string> zones{"UTC",
                                       "America/New_York",
                                       "Europe/London",
                                       "Australia/Lord_Howe",
                                       "Pacific/Apia",
                                       "Asia/Kolkata",
                                       "America/Havana",
                                       "America/Sao_Paulo",
                                       "Asia/Beirut",
                                       "America/St_Johns",
                                       "Africa/Casablanca",
                                       "Asia/Gaza",
                                       "Pacific/Kiritimati",
                                       "Europe/Amsterdam",
                                       "Antarctica/Troll",
                                       "America/Caracas",
                                       "Asia/Pyongyang",
                                       "Africa/Monrovia"};
  std::uniform_int_distribution<std::int64_t> start(at("1900-01-01T00:00:00Z"),
                                                    at("2037-01-01T00:00:00Z"));
  for (const std::string& name : zones) {
    const Zone zone(name);
    for (const auto& [unit, most] :
         {std::pair{CivilUnit::month, 400 * kDay_ms}, std::pair{CivilUnit::day, 200 * kDay_ms},
          std::pair{CivilUnit::hour, 5 * kDay_ms}}) {
      for (int i = 0; i < 20; ++i) {
        const std::int64_t from = start(random);
        const std::int64_t to = from + std::uniform_int_distribution<std::int64_t>(1, most)(random);
        const std::vector<Period> periods = zone.periods(unit, from, to);
        INFO(name << " from " << format_utc(from) << " to " << format_utc(to));
        REQUIRE_FALSE(periods.empty());
        CHECK(periods.front().start_ms <= from);
        CHECK(periods.front().end_ms > from);
        CHECK(periods.back().start_ms < to);
        CHECK(periods.back().end_ms >= to);
        bool contiguous = true;
        bool named_once = true;
        for (std::size_t p = 1; p < periods.size(); ++p) {
          contiguous = contiguous && periods[p - 1].end_ms == periods[p].start_ms &&
                       periods[p].start_ms < periods[p].end_ms;
          named_once = named_once && periods[p - 1].label != periods[p].label;
        }
        CHECK(contiguous);
        CHECK(named_once);
      }
    }
  }
}

TEST_CASE("base: a period is the same whatever window it is met in") {
  const Zone zone("America/Sao_Paulo");
  const std::int64_t from = at("2018-01-15T07:11:00Z");
  const std::int64_t to = at("2018-04-15T07:11:00Z");
  for (const CivilUnit unit : {CivilUnit::month, CivilUnit::day}) {
    for (const Period& period : zone.periods(unit, from, to)) {
      const std::vector<Period> alone = zone.periods(unit, period.start_ms, period.end_ms);
      REQUIRE(alone.size() == 1);
      CHECK(alone[0].start_ms == period.start_ms);
      CHECK(alone[0].end_ms == period.end_ms);
      CHECK(alone[0].label == period.label);
    }
  }
}

TEST_CASE("base: the start of a date begins that day's period") {
  for (const char* name : {"UTC", "America/Havana", "America/Sao_Paulo", "Asia/Beirut",
                           "America/St_Johns", "Australia/Lord_Howe", "Asia/Amman"}) {
    const Zone zone(name);
    for (std::int64_t day = days_from_civil({2010, 1, 1}); day < days_from_civil({2012, 1, 1});
         ++day) {
      const CivilDate date = civil_from_days(day);
      const std::int64_t start = zone.start_of(date);
      const std::vector<Period> periods = zone.periods(CivilUnit::day, start, start + 1);
      INFO(name << ' ' << format_date(date));
      REQUIRE(periods.size() == 1);
      CHECK(periods[0].start_ms == start);
      CHECK(periods[0].label == format_date(date));
    }
  }
}

TEST_CASE("base: the first and last instants have periods too") {
  for (const char* name : {"UTC", "America/New_York", "Pacific/Kiritimati"}) {
    const Zone zone(name);
    for (const std::int64_t ms : {at("0000-01-01T12:00:00Z"), at("9999-12-31T12:00:00Z")}) {
      for (const CivilUnit unit : {CivilUnit::month, CivilUnit::day, CivilUnit::hour}) {
        const std::vector<Period> periods = zone.periods(unit, ms, ms + 1);
        INFO(name << ' ' << format_utc(ms));
        REQUIRE(periods.size() == 1);
        CHECK(periods[0].start_ms <= ms);
        CHECK(periods[0].end_ms > ms);
      }
    }
  }
}

TEST_CASE("base: an unknown zone is a usage error that names the nearest") {
  try {
    const Zone zone("Europe/Londn");
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK_THAT(error.what(), Catch::Contains("Europe/London"));
  }
  for (const char* bad :
       {"", "utc", "../etc/passwd", "Europe/London\x1b[31m", "America", "+02:00"}) {
    INFO(bad);
    CHECK_THROWS_AS(Zone(bad), Error);
  }
  try {
    const Zone zone("\x1b[31m");
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find('\x1b') == std::string::npos);
  }
}

// ---- text

TEST_CASE("base: 128-bit integers are written in full") {
  const Int128 one = 1;
  CHECK(to_text(0) == "0");
  CHECK(to_text(-1) == "-1");
  CHECK(to_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(to_text(one << 64) == "18446744073709551616");
  CHECK(to_text(-(one << 64)) == "-18446744073709551616");
  const Int128 most = ((one << 126) - 1) * 2 + 1;
  CHECK(to_text(most) == "170141183460469231731687303715884105727");
  CHECK(to_text(-most - 1) == "-170141183460469231731687303715884105728");
  CHECK(to_text(Int128{10'000'000'000} * 10'000'000'000) == "100000000000000000000");
}

TEST_CASE("base: printable text moves no cursor") {
  CHECK(printable("plain") == "plain");
  CHECK(printable("caf\xC3\xA9 \xF0\x9F\x8E\xAE") == "caf\xC3\xA9 \xF0\x9F\x8E\xAE");
  CHECK(printable("a\x1b[31mb") == "a\\u001b[31mb");
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\u0000b");
  CHECK(printable("a\nb\tc\rd\x7f") == "a\\u000ab\\u0009c\\u000dd\\u007f");
  CHECK(printable("a\xC2\x9B"
                  "31m") == "a\\u009b31m");  // CSI as one code point
  CHECK(printable("a\xFF"
                  "b\xC3") ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD");
  CHECK(printable("\xED\xA0\x80").find('\xED') == std::string::npos);
}

TEST_CASE("base: printable text is cut at a character, within its limit") {
  const std::string dots = "\xE2\x80\xA6";
  CHECK(printable("0123456789", 10) == "0123456789");
  CHECK(printable("01234567890", 10) == "0123456789" + dots);
  std::size_t over_limit = 0;
  for (std::size_t limit = 1; limit < 40; ++limit) {
    for (const char* text : {"ab\xE2\x82\xAC\xE2\x82\xAC"
                             "cd\xF0\x9F\x8E\xAE"
                             "efgh\xC3\xA9ijk",
                             "a\x01"
                             "bc\x1b[0m\x7f"
                             "defgh\xFF\xFE"}) {
      const std::string shown = printable(text, limit);
      CHECK(find_invalid_utf8(shown) == shown.size());
      const bool cut = shown.size() >= dots.size() &&
                       shown.compare(shown.size() - dots.size(), dots.size(), dots) == 0;
      over_limit += shown.size() - (cut ? dots.size() : 0) > limit ? 1U : 0U;
    }
  }
  CHECK(over_limit == 0);
}

TEST_CASE("base: what somebody meant") {
  const std::vector<std::string> names{"ingest", "billing", "egress", "day", "days", "region"};
  CHECK(did_you_mean("ingset", names) == " \xE2\x80\x94 did you mean ingest?");
  CHECK(did_you_mean("egres", names) == " \xE2\x80\x94 did you mean egress?");
  CHECK(did_you_mean("dayx", names) == " \xE2\x80\x94 did you mean day or days?");
  CHECK(did_you_mean("xyzzy", names).empty());
  CHECK(did_you_mean("", names).empty());
  CHECK(did_you_mean(std::string(100'000, 'x'), names).empty());
}

TEST_CASE("base: invalid UTF-8 is found where it begins") {
  const auto whole = [](std::string_view text) { return find_invalid_utf8(text) == text.size(); };
  CHECK(whole(""));
  CHECK(whole("plain"));
  CHECK(whole("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
  CHECK(whole("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  CHECK(find_invalid_utf8("ab\x80") == 2);
  CHECK(find_invalid_utf8("\xC3") == 0);
  CHECK(find_invalid_utf8("a\xC0\x80") == 1);          // overlong
  CHECK(find_invalid_utf8("a\xC1\xBF") == 1);          // overlong
  CHECK(find_invalid_utf8("a\xE0\x9F\xBF") == 1);      // overlong
  CHECK(find_invalid_utf8("a\xED\xA0\x80") == 1);      // surrogate
  CHECK(find_invalid_utf8("a\xF0\x8F\xBF\xBF") == 1);  // overlong
  CHECK(find_invalid_utf8("a\xF4\x90\x80\x80") == 1);  // above U+10FFFF
  CHECK(find_invalid_utf8("a\xF5\x80\x80\x80") == 1);
  CHECK(find_invalid_utf8("a\xE2\x82"
                          "b") == 1);
  CHECK(find_invalid_utf8("a\xE2\x82") == 1);
}

TEST_CASE("base: widths count code points") {
  CHECK(width_of("") == 0);
  CHECK(width_of("abc") == 3);
  CHECK(width_of("caf\xC3\xA9") == 4);
  CHECK(width_of("\xF0\x9F\x8E\xAE") == 1);
}

TEST_CASE("base: SHA-256 in pieces is SHA-256 of the whole") {
  CHECK(to_hex(as_bytes(sha256(""))) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(as_bytes(sha256("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256Stream stream;
  for (const char* piece : {"a", "", "b", "c"}) {
    stream.update(piece);
  }
  CHECK(stream.finish() == sha256("abc"));
  stream.update("abc");  // finish() starts anew
  CHECK(stream.finish() == sha256("abc"));
}

}  // namespace fleetmeter::base
