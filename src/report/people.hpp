#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fleetmeter/int128.hpp"
#include "report/facts.hpp"

namespace fleetmeter::report {

// Numbers as people read them. Rounded half-even; the exact integer stands beside them.

/// 228657432 ms → `63.52 h`.
[[nodiscard]] std::string hours(Int128 ms);
/// 41273941211 → `41.27 GB`.
[[nodiscard]] std::string bytes(Int128 bytes);
/// 1751, of which 100 make one USD → `17.51 USD`.
[[nodiscard]] std::string amount(Int128 minor, const Money& money);
/// 1234567 → `1,234,567`.
[[nodiscard]] std::string thousands(Int128 value);
/// `+3.2 %` against the value before; `new` when there was none.
[[nodiscard]] std::string change(Int128 now, Int128 before);

/// `1 gap`, `2 gaps`, `3 processes`.
[[nodiscard]] std::string counted(Int128 count, const std::string& one);

/// How well a period was polled: `complete`, `2 gaps`, or that only time in which nothing is known
/// to have run was left out.
[[nodiscard]] std::string coverage_text(Int128 gaps, Int128 unpolled_ms);
/// `3h 00m 00.000s without any poll`; empty when there is none.
[[nodiscard]] std::string unpolled_text(std::int64_t unpolled_ms);
/// How long more may have run than anybody saw; "" when that is no time.
[[nodiscard]] std::string unseen_text(std::int64_t unseen_ms);

/// A value with its bounds, when they differ: `63.52 h (63.50 to 70.11 h)`.
[[nodiscard]] std::string bounded_hours(const Bounded<Int128>& value, bool is_all_seen);
/// `open`: nothing bounds it from above.
[[nodiscard]] std::string bounded_amount(const Bounded<Int128>& value, const Money& money,
                                         bool open);
[[nodiscard]] std::string bounded_bytes(const Bounded<Int128>& value, bool open);

/// Text for HTML, attributes included; control characters are shown, not sent.
[[nodiscard]] std::string html(std::string_view text);

/// Why usage has no price, by a status of `cost`.
[[nodiscard]] const char* meaning_of_status(const std::string& status);

/// Why bounds of billable time lie apart, in a few words; "" when they do not.
[[nodiscard]] std::string wide_because(const std::vector<Width>& widths);

/// What a flag says of a process, for people who never read the rules.
[[nodiscard]] const char* meaning(const std::string& flag);

}  // namespace fleetmeter::report
