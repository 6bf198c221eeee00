#include "cli/cells.hpp"

namespace fleetmeter::cli {

namespace {

/// What is not known (NULL) comes last.
int rank_of(const Cell& cell) {
  return std::holds_alternative<std::nullptr_t>(cell) ? 3
         : std::holds_alternative<Bytes>(cell)        ? 2
         : std::holds_alternative<std::string>(cell)  ? 1
                                                      : 0;
}

/// A number where one of two is a double, which only ad-hoc SQL gives.
long double nearly(const Cell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) {
    return *real;
  }
  const Decimal exact = exact_number(cell).value_or(Decimal());
  return static_cast<long double>(exact.digits()) /
         static_cast<long double>(power_of_ten(exact.scale()));
}

bool is_less_number(const Cell& a, const Cell& b) {
  const auto x = exact_number(a);
  const auto y = exact_number(b);
  return x && y ? *x < *y : nearly(a) < nearly(b);
}

}  // namespace

std::optional<Decimal> exact_number(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return Decimal(*integer, 0);
  }
  if (const auto* wide = std::get_if<Int128>(&cell)) {
    return Decimal(*wide, 0);
  }
  const auto* decimal = std::get_if<Decimal>(&cell);
  return decimal != nullptr ? std::optional(*decimal) : std::nullopt;
}

bool is_before(const Cell& a, const Cell& b) {
  if (rank_of(a) != rank_of(b)) {
    return rank_of(a) < rank_of(b);
  }
  if (const auto* text = std::get_if<std::string>(&a)) {
    return *text < std::get<std::string>(b);
  }
  if (const auto* bytes = std::get_if<Bytes>(&a)) {
    return bytes->bytes < std::get<Bytes>(b).bytes;
  }
  return !std::holds_alternative<std::nullptr_t>(a) && is_less_number(a, b);
}

}  // namespace fleetmeter::cli
