// Months, days and hours of zones.

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "support/catch.hpp"
#include "support/times.hpp"

namespace fleetmeter::base {

using namespace times;

namespace {

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

}  // namespace fleetmeter::base
