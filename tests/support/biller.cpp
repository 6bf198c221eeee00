#include "support/biller.hpp"

#include <algorithm>
#include <stdexcept>

namespace fleetmeter::test {

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kNovember = 1'730'419'200'000;  // 2024-11-01T00:00:00Z
constexpr std::int64_t kDecember = kNovember + 30 * 24 * kHour;

std::int64_t up_to_step(std::int64_t ms, std::int64_t step_ms) {
  while (ms % step_ms != 0) {
    ms += step_ms - ms % step_ms;
  }
  return ms;
}

/// What one process is charged for.
std::int64_t charged_ms(const sim::TrueProcess& process, const HiddenPolicy& policy) {
  if (process.never_started && !policy.from_starting) {
    return 0;
  }
  const BilledMonth& month = billed_month(policy.zone);
  const std::int64_t from =
      std::max(month.from_ms, policy.from_starting ? process.starting_ms : process.started_ms);
  const std::int64_t to =
      std::min(month.to_ms, policy.to_terminated ? process.terminated_ms : process.stopping_ms);
  return from < to ? std::max(up_to_step(to - from, policy.step_ms), policy.minimum_ms) : 0;
}

/// "12.34" without its point.
std::int64_t cents_of(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    digits += c == '.' ? "" : std::string(1, c);
  }
  return std::stoll(digits);
}

std::string text_of(Wide value) {
  std::string text;
  for (; value > 0; value /= 10) {
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
  }
  return text.empty() ? "0" : text;
}

}  // namespace

std::string decimal_text(const Fraction& value, int places) {
  Wide digits = value.numerator / value.denominator;
  Wide rest = value.numerator % value.denominator;
  for (int place = 0; place < places; ++place) {
    rest *= 10;
    digits = digits * 10 + rest / value.denominator;
    rest %= value.denominator;
  }
  const bool is_tie = rest + rest == value.denominator;
  if (is_tie ? digits % 2 == 1 : rest + rest > value.denominator) {
    ++digits;
  }
  std::string text = text_of(digits);
  if (text.size() <= static_cast<std::size_t>(places)) {
    text.insert(0, static_cast<std::size_t>(places) + 1 - text.size(), '0');
  }
  return places == 0 ? text : text.insert(text.size() - static_cast<std::size_t>(places), 1, '.');
}

const std::vector<BilledMonth>& billed_months() {
  // Offsets as they were on both days: the United States left summer time on 3 November.
  static const std::vector<BilledMonth> kMonths{
      {"UTC", kNovember, kDecember},
      {"America/Los_Angeles", kNovember + 7 * kHour, kDecember + 8 * kHour},
      {"America/New_York", kNovember + 4 * kHour, kDecember + 5 * kHour},
      {"Europe/Berlin", kNovember - kHour, kDecember - kHour},
      {"Asia/Kolkata", kNovember - 11 * kHour / 2, kDecember - 11 * kHour / 2},
      {"Asia/Tokyo", kNovember - 9 * kHour, kDecember - 9 * kHour},
  };
  return kMonths;
}

const BilledMonth& billed_month(const std::string& zone) {
  for (const BilledMonth& month : billed_months()) {
    if (zone == month.zone) {
      return month;
    }
  }
  throw std::invalid_argument(zone);
}

MonthlyBill bill(const std::vector<sim::TrueProcess>& processes, const HiddenPolicy& policy,
                 const Contract& contract) {
  const BilledMonth& month = billed_month(policy.zone);
  Wide vcpu_ms = 0;  // in hundredths
  Wide bytes = 0;
  for (const sim::TrueProcess& process : processes) {
    const Build build{process.app, process.deployment};
    const std::int64_t size =
        contract.vcpu_hundredths.at(build) * (policy.doubled == build ? 2 : 1);
    vcpu_ms += Wide{charged_ms(process, policy)} * size;
    bytes += process.bytes_before(month.to_ms) - process.bytes_before(month.from_ms);
  }
  const Wide line_step = Wide{policy.line_step_ms} * 100;
  while (vcpu_ms % line_step != 0) {
    vcpu_ms += line_step - vcpu_ms % line_step;
  }
  const Wide hour = Wide{kHour} * 100;
  const Wide gb = policy.gib ? Wide{1} << 30 : Wide{1'000'000'000};
  return {{vcpu_ms, hour},
          {bytes, gb},
          {vcpu_ms * contract.vcpu_hour_price, hour * 10'000},
          {bytes * contract.gb_price, gb * 10'000}};
}

std::string sum_text(const std::string& a, const std::string& b) {
  return decimal_text({Wide{cents_of(a)} + cents_of(b), 100}, 2);
}

std::string price_of_printed(const std::string& quantity, std::int64_t price) {
  return decimal_text({Wide{cents_of(quantity)} * price, Wide{100} * 10'000}, 2);
}

}  // namespace fleetmeter::test
