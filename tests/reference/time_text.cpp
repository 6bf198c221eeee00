#include <array>
#include <cctype>
#include <regex>

#include "reference.hpp"

namespace fleetmeter::reference {
namespace {

/// Reads the parts of a time text one after the other; any misfit makes it fail for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Millis digits(std::size_t count) {
    Millis value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!next_is_digit()) {
        failed_ = true;
        return 0;
      }
      value = value * 10 + (text_[at_++] - '0');
    }
    return value;
  }
  void any_of(std::string_view allowed) {
    if (at_ < text_.size() && allowed.find(text_[at_]) != std::string_view::npos) {
      ++at_;
    } else {
      failed_ = true;
    }
  }
  bool take(char wanted) {
    const bool there = at_ < text_.size() && text_[at_] == wanted;
    at_ += there ? 1 : 0;
    return there;
  }
  [[nodiscard]] bool next_is_digit() const {
    return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
  }
  void fail_unless(bool condition) { failed_ = failed_ || !condition; }
  [[nodiscard]] bool ok_and_done() const { return !failed_ && at_ == text_.size(); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

bool is_leap(Millis year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

Millis days_in_month(Millis year, Millis month) {
  constexpr std::array<Millis, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// Days from 1970-01-01, counted year by year and month by month.
Millis days_since_epoch(Millis year, Millis month, Millis day) {
  Millis days = 0;
  for (Millis y = 1970; y < year; ++y) {
    days += is_leap(y) ? 366 : 365;
  }
  for (Millis y = year; y < 1970; ++y) {
    days -= is_leap(y) ? 366 : 365;
  }
  for (Millis m = 1; m < month; ++m) {
    days += days_in_month(year, m);
  }
  return days + day - 1;
}

Millis read_fraction(Reader& in) {
  if (!in.take('.')) {
    return 0;
  }
  in.fail_unless(in.next_is_digit());
  Millis millis = 0;
  Millis weight = 100;
  while (in.next_is_digit()) {
    millis += in.digits(1) * weight;
    weight /= 10;
  }
  return millis;
}

Millis read_offset(Reader& in) {
  if (in.take('Z') || in.take('z')) {
    return 0;
  }
  const Millis sign = in.take('-') ? -1 : 1;
  if (sign == 1) {
    in.any_of("+");
  }
  const Millis hour = in.digits(2);
  in.any_of(":");
  const Millis minute = in.digits(2);
  in.fail_unless(hour <= 23 && minute <= 59);
  return sign * (hour * kHour + minute * kMinute);
}

}  // namespace

std::optional<Millis> parse_rfc3339(std::string_view text) {
  Reader in(text);
  const Millis year = in.digits(4);
  in.any_of("-");
  const Millis month = in.digits(2);
  in.any_of("-");
  const Millis day = in.digits(2);
  in.fail_unless(month >= 1 && month <= 12);
  in.fail_unless(month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month));
  in.any_of("Tt ");
  const Millis hour = in.digits(2);
  in.any_of(":");
  const Millis minute = in.digits(2);
  in.any_of(":");
  const Millis second = in.digits(2);
  in.fail_unless(hour <= 23 && minute <= 59 && second <= 59);
  const Millis fraction = read_fraction(in);
  const Millis offset = read_offset(in);
  if (!in.ok_and_done()) {
    return std::nullopt;
  }
  return days_since_epoch(year, month, day) * kDay + hour * kHour + minute * kMinute +
         second * 1000 + fraction - offset;
}

Millis parse_duration(std::string_view text) {
  const std::string whole(text);
  std::smatch part;
  if (!std::regex_match(whole, part, std::regex("([0-9]{1,15})(ms|s|m|h|d)"))) {
    throw Error("not a duration: " + whole);
  }
  const Millis count = std::stoll(part[1].str());
  const std::string unit = part[2].str();
  return unit == "ms"  ? count
         : unit == "s" ? count * 1000
         : unit == "m" ? count * kMinute
         : unit == "h" ? count * kHour
                       : count * kDay;
}

std::optional<Millis> parse_file_name_time(std::string_view name) {
  static const std::regex pattern(
      "([0-9]{4})-?([0-9]{2})-?([0-9]{2})[Tt_]([0-9]{2})[:-]?([0-9]{2})[:-]?([0-9]{2})"
      "(\\.[0-9]+)?(Z|z|[+-][0-9]{2}:?[0-9]{2})");
  const std::string whole(name);
  std::smatch part;
  if (!std::regex_search(whole, part, pattern)) {
    return std::nullopt;
  }
  std::string zone = part[8].str();
  if (zone.size() == 5) {
    zone.insert(3, ":");
  }
  return parse_rfc3339(part[1].str() + "-" + part[2].str() + "-" + part[3].str() + "T" +
                       part[4].str() + ":" + part[5].str() + ":" + part[6].str() + part[7].str() +
                       zone);
}

}  // namespace fleetmeter::reference
