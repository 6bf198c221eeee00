#include "settle/cost.hpp"

#include <algorithm>

#include "ask/window.hpp"
#include "base/time_text.hpp"
#include "model/price_names.hpp"
#include "settle/usage.hpp"

namespace fleetmeter::settle {

namespace {

using model::Product;
using rate::CostLine;

constexpr int kQuantityDigits = 6;

/// Hours are told apart by their instants: their texts do not sort by time where the offset
/// changes.
bool before(const Question& question, const CostLine& a, const CostLine& b) {
  for (std::size_t i = 0; i < question.by.size(); ++i) {
    if (a.group[i] != b.group[i]) {
      return question.by[i] == GroupBy::hour
                 ? base::parse_rfc3339(a.group[i]).ms < base::parse_rfc3339(b.group[i]).ms
                 : a.group[i] < b.group[i];
    }
  }
  return false;
}

/// A line as a row of the answer.
class Shown {
 public:
  Shown(const Terms& terms, const rate::Rater& rater) : terms_(terms), rater_(rater) {}

  [[nodiscard]] std::vector<Cell> row(const CostLine& line) const {
    std::vector<Cell> cells(line.group.begin(), line.group.end());
    const bool priced = has_price(line);
    const bool counted = line.status != CostLine::Status::unmetered;
    cells.insert(cells.end(),
                 {std::string(name_of(model::kProducts, line.product)),
                  counted ? quantity(line, line.metered.point) : Cell(nullptr),
                  counted ? quantity(line, line.metered.lo) : Cell(nullptr),
                  counted ? quantity(line, line.metered.hi) : Cell(nullptr),
                  std::string(rate::unit_name(unit(line), terms_.policy)), unit_price(line),
                  priced ? amount(line.amount.point) : Cell(nullptr),
                  priced ? amount(line.amount.lo) : Cell(nullptr),
                  priced ? amount(line.amount.hi) : Cell(nullptr), terms_.book.card().currency,
                  std::string(status_name(line.status)), line.processes, line.open_processes});
    const auto metered = [&](Int128 value) { return counted ? exact(value) : Cell(nullptr); };
    cells.insert(cells.end(), {metered(line.metered.point), metered(line.metered.lo),
                               metered(line.metered.hi), std::string(metered_unit(line))});
    return cells;
  }

 private:
  [[nodiscard]] static bool has_price(const CostLine& line) {
    return line.status == CostLine::Status::rated || line.status == CostLine::Status::rounding;
  }

  /// What has no price is counted in hours of a process, or in gigabytes.
  [[nodiscard]] model::RateUnit unit(const CostLine& line) const {
    return has_price(line)                           ? terms_.book.card().rates[line.rate_no].unit
           : line.product == model::Product::compute ? model::RateUnit::active_hour
                                                     : model::RateUnit::gb;
  }

  [[nodiscard]] Cell quantity(const CostLine& line, Int128 metered) const {
    const Int128 one =
        base::multiply(rate::unit_size(unit(line), terms_.policy), power_of_ten(rater_.scale()));
    return base::Ratio(metered, one).round(kQuantityDigits);
  }

  [[nodiscard]] Cell unit_price(const CostLine& line) const {
    if (!has_price(line)) {
      return nullptr;
    }
    const auto& tiers = terms_.book.card().rates[line.rate_no].tiers;
    return tiers.size() == 1 ? Cell(tiers.front().unit_price) : Cell(nullptr);
  }

  [[nodiscard]] Cell amount(Int128 minor) const {
    return Decimal(minor, terms_.book.card().minor_digits);
  }

  /// Without the places that are always 0.
  [[nodiscard]] Cell exact(Int128 metered) const { return trimmed({metered, rater_.scale()}); }

  [[nodiscard]] const char* metered_unit(const CostLine& line) const {
    return line.product == model::Product::egress     ? "bytes"
           : unit(line) == model::RateUnit::vcpu_hour ? "vcpu_ms"
                                                      : "ms";
  }

  const Terms& terms_;
  const rate::Rater& rater_;
};

/// Gives the rater what was used of one product in a billing month.
void rate_month(Product product, const meter::Window& month, const Question& question,
                const Terms& terms, store::Reader& reader, rate::Rater& rater) {
  const bool by_hosting = terms.book.knows_hosting(product);
  Question part = question;
  for (const meter::Window& stretch :
       stretches_of(month, terms.book.changes(product, month.from_ms, month.to_ms))) {
    part.from_ms = stretch.from_ms;
    part.to_ms = stretch.to_ms;
    for (const rate::Usage& usage : product == Product::compute
                                        ? compute_usage(part, terms.policy, by_hosting, reader)
                                        : egress_usage(part, by_hosting, reader)) {
      rater.add(usage, stretch.from_ms);
    }
  }
}

}  // namespace

Table cost(const Question& question, const Terms& terms, store::Reader& reader) {
  const ask::ResolvedWindow window = ask::resolve(question, reader.span());
  rate::Rater rater(terms.book, terms.policy);
  for (const meter::Window& month : billing_months(window.window, terms.policy.zone)) {
    for (const Product product : {Product::compute, Product::egress}) {
      rate_month(product, month, question, terms, reader, rater);
    }
    rater.close_month();
  }
  std::vector<CostLine> lines = rater.finish();
  const auto rounding = std::find_if(lines.begin(), lines.end(), [](const CostLine& line) {
    return line.status == CostLine::Status::rounding;
  });
  std::stable_sort(lines.begin(), rounding,
                   [&](const CostLine& a, const CostLine& b) { return before(question, a, b); });
  Table table;
  std::vector<std::string> names;
  for (const GroupBy by : question.by) {
    names.emplace_back(column_name(by));
  }
  names.insert(names.end(),
               {"product", "quantity", "quantity_lo", "quantity_hi", "unit", "unit_price", "amount",
                "amount_lo", "amount_hi", "currency", "status", "processes", "open_processes",
                "metered", "metered_lo", "metered_hi", "metered_unit"});
  table.columns(names);
  const Shown shown(terms, rater);
  for (const CostLine& line : lines) {
    table.row(shown.row(line));
  }
  return table;
}

}  // namespace fleetmeter::settle
