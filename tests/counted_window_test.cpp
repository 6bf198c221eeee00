// Windows that count from the as-of: last month, this month, yesterday.

#include <string>

#include "fleetmeter/error.hpp"
#include "fleetmeter/question.hpp"
#include "support/catch.hpp"
#include "support/times.hpp"

namespace fleetmeter {

using namespace base::times;

namespace {

/// A text that names a window by one of its flags.
WindowText window(bool WindowText::*flag) {
  WindowText text;
  text.*flag = true;
  return text;
}

const WindowText kLastMonth = window(&WindowText::last_month);
const WindowText kThisMonth = window(&WindowText::this_month);
const WindowText kYesterday = window(&WindowText::yesterday);

/// What a window is called at an as-of.
std::string called(const WindowText& window, const std::string& as_of,
                   const std::string& tz = "UTC") {
  const WindowText found = counted_from(at(as_of), window, tz);
  CHECK_FALSE(found.counts_from_as_of());
  CHECK(found.month.has_value() != found.day.has_value());
  return found.month ? *found.month : found.day.value_or("");
}

/// What a call throws, in words.
template <class Call>
std::string message_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return error.what();
  }
  return "nothing is";
}

}  // namespace

TEST_CASE("Windows count from the as-of, in a zone", "[window]") {
  CHECK(called(kThisMonth, "2024-12-15T12:00:00Z") == "2024-12");
  CHECK(called(kLastMonth, "2024-12-15T12:00:00Z") == "2024-11");
  CHECK(called(kYesterday, "2024-12-15T12:00:00Z") == "2024-12-14");
  CHECK(called(kLastMonth, "2025-01-31T00:00:00Z") == "2024-12");
  CHECK(called(kYesterday, "2024-03-01T23:59:59Z") == "2024-02-29");
  CHECK(called(kYesterday, "2025-01-01T10:00:00Z") == "2024-12-31");
  // 03:30 in UTC is the evening before in New York.
  CHECK(called(kThisMonth, "2024-12-01T03:30:00Z", "America/New_York") == "2024-11");
  CHECK(called(kLastMonth, "2024-12-01T03:30:00Z", "America/New_York") == "2024-10");
  CHECK(called(kYesterday, "2024-12-01T03:30:00Z", "America/New_York") == "2024-11-29");
}

TEST_CASE("An as-of at midnight belongs to what begins then", "[window]") {
  CHECK(called(kThisMonth, "2024-12-01T00:00:00.000Z") == "2024-12");
  CHECK(called(kLastMonth, "2024-12-01T00:00:00.000Z") == "2024-11");
  CHECK(called(kYesterday, "2024-12-01T00:00:00.000Z") == "2024-11-30");
  CHECK(called(kThisMonth, "2024-11-30T23:59:59.999Z") == "2024-11");
  CHECK(called(kLastMonth, "2024-11-30T23:59:59.999Z") == "2024-10");
  CHECK(called(kYesterday, "2024-11-30T23:59:59.999Z") == "2024-11-29");
}

TEST_CASE("Yesterday is a date that there was", "[window]") {
  // Samoa went from the 29th of December 2011 to the 31st.
  CHECK(called(kYesterday, "2011-12-30T10:00:00Z", "Pacific/Apia") == "2011-12-29");
  CHECK(called(kYesterday, "2011-12-31T10:00:00Z", "Pacific/Apia") == "2011-12-31");
  // Clocks in Havana skip midnight: 2024-03-10 began at 01:00, which was 05:00 in UTC.
  CHECK(called(kYesterday, "2024-03-10T04:59:59Z", "America/Havana") == "2024-03-08");
  CHECK(called(kYesterday, "2024-03-10T05:00:00Z", "America/Havana") == "2024-03-09");
}

TEST_CASE("A window that counts from the as-of is the window of that name", "[window]") {
  Question counted;
  counted.tz = "America/New_York";
  counted.as_of_ms = at("2024-11-04T17:00:00Z");
  set_window(counted, kYesterday);
  CHECK(counted.from_ms == at("2024-11-03T04:00:00Z"));
  CHECK(counted.to_ms == at("2024-11-04T05:00:00Z"));  // 25 hours
  set_window(counted, kLastMonth);
  CHECK(counted.from_ms == at("2024-10-01T04:00:00Z"));
  CHECK(counted.to_ms == at("2024-11-01T04:00:00Z"));
}

TEST_CASE("What no window can be counted from is told", "[window]") {
  CHECK(message_of([] { static_cast<void>(counted_from(std::nullopt, kYesterday, "UTC")); }) ==
        "yesterday: counts from the newest snapshot that is known, and none is");
  CHECK(message_of([] {
          Question question;
          set_window(question, kLastMonth);
        }) == "last_month: counts from the newest snapshot that is known, and none is");
  constexpr std::int64_t kYear11476 = 300'000'000'000'000;
  for (const std::int64_t as_of_ms : {at("0000-01-01T12:00:00Z"), kYear11476}) {
    CHECK(message_of([&] { static_cast<void>(counted_from(as_of_ms, kYesterday, "UTC")); }) ==
          "yesterday: would be outside the years 0 to 9999");
  }
  CHECK(called(kThisMonth, "9999-12-31T12:00:00Z") == "9999-12");
}

TEST_CASE("Windows that are named together are all named in the message", "[window]") {
  WindowText text = kYesterday;
  CHECK_NOTHROW(expect_one_window(text));
  text.month = "2024-11";
  CHECK(message_of([&] { expect_one_window(text); }) ==
        "month and yesterday each name a window; give only one of them");
  text.from = "2024-11-01";
  text.to = "2024-11-02";
  text.last_month = true;
  CHECK(message_of([&] { static_cast<void>(counted_from(0, text, "UTC")); }) ==
        "from/to, month, last_month and yesterday each name a window; give only one of them");
}

TEST_CASE("A window that has a name already keeps it", "[window]") {
  WindowText day;
  day.day = "2024-11-03";
  CHECK(counted_from(std::nullopt, day, "UTC").day == "2024-11-03");
}

}  // namespace fleetmeter
