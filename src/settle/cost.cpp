#include "settle/cost.hpp"

#include <algorithm>

#include "ask/window.hpp"
#include "base/time_text.hpp"
#include "model/price_names.hpp"

namespace fleetmeter::settle {

namespace {

using model::Product;
using rate::CostLine;

constexpr int kQuantityDigits = 6;

/// Hours are sorted by their instants, because their texts do not sort by time where the offset
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

  [[nodiscard]] CostRow row(const CostLine& line) const {
    CostRow row;
    row.group = line.group;
    row.product = name_of(model::kProducts, line.product);
    if (line.status != CostLine::Status::unmetered) {
      row.quantity = of_all(line.metered, [&](Int128 value) { return quantity(line, value); });
      // Without the places that are always 0.
      row.metered = of_all(line.metered, [&](Int128 value) {
        return trimmed({value, rater_.scale()});
      });
    }
    row.unit = rate::unit_name(unit(line), terms_.policy);
    row.unit_price = unit_price(line);
    if (has_price(line)) {
      const int digits = terms_.book.card().minor_digits;
      row.amount = of_all(line.amount, [&](Int128 minor) { return Decimal(minor, digits); });
    }
    row.currency = terms_.book.card().currency;
    row.status = line.status;
    row.processes = line.processes;
    row.open_processes = line.open_processes;
    row.metered_unit = metered_unit(line);
    return row;
  }

 private:
  template <class Make>
  [[nodiscard]] static Bounded<Decimal> of_all(const Bounded<Int128>& value, Make&& make) {
    return {make(value.point), make(value.lo), make(value.hi)};
  }

  [[nodiscard]] static bool has_price(const CostLine& line) {
    return line.status == CostLine::Status::rated || line.status == CostLine::Status::idle ||
           line.status == CostLine::Status::unlisted || line.status == CostLine::Status::rounding;
  }

  /// What has no price is counted in hours of a process, or in gigabytes.
  [[nodiscard]] model::RateUnit unit(const CostLine& line) const {
    return has_price(line)                           ? terms_.book.card().rates[line.rate_no].unit
           : line.product == model::Product::compute ? model::RateUnit::active_hour
                                                     : model::RateUnit::gb;
  }

  [[nodiscard]] Decimal quantity(const CostLine& line, Int128 metered) const {
    const Int128 one =
        base::multiply(rate::unit_size(unit(line), terms_.policy), power_of_ten(rater_.scale()));
    return base::Ratio(metered, one).round(kQuantityDigits);
  }

  [[nodiscard]] std::optional<Decimal> unit_price(const CostLine& line) const {
    if (!has_price(line)) {
      return std::nullopt;
    }
    const auto& tiers = terms_.book.card().rates[line.rate_no].tiers;
    return tiers.size() == 1 ? std::optional(tiers.front().unit_price) : std::nullopt;
  }

  [[nodiscard]] const char* metered_unit(const CostLine& line) const {
    return line.product == model::Product::egress     ? "bytes"
           : unit(line) == model::RateUnit::vcpu_hour ? "vcpu_ms"
                                                      : "ms";
  }

  const Terms& terms_;
  const rate::Rater& rater_;
};

}  // namespace

void rate_month(const BillingMonth& month, const Question& question, const Terms& terms,
                store::Reader& reader, rate::Rater& rater, RoomCosts* rooms) {
  Question part = question;
  part.from_ms = month.asked.from_ms;
  part.to_ms = month.asked.to_ms;
  if (rooms != nullptr) {
    rooms->begin_month(part);
  }
  for (const Product product : {Product::compute, Product::egress}) {
    rate::Prices prices(terms.book, product, month.whole);
    const MonthUsage used = product == Product::compute
                                ? compute_usage(part, terms.policy, prices, reader)
                                : egress_usage(part, prices, reader);
    for (const rate::Usage& usage : used.by_price) {
      rater.add(usage);
      if (rooms != nullptr) {
        rooms->note(rate::Rater::key_of(usage), usage);
      }
    }
  }
  rater.close_month();
}

std::vector<CostRow> cost(const Question& question, const Terms& terms, store::Reader& reader) {
  std::optional<RoomCosts> rooms;
  if (is_by(question, GroupBy::room)) {
    rooms.emplace(question, terms, reader);
  }
  const Question& asked = rooms ? rooms->of_processes() : question;
  const ask::ResolvedWindow window = ask::resolve(asked, reader.span());
  rate::Rater rater(terms.book, terms.policy);
  for (const BillingMonth& month : billing_months(window.window, terms.policy.zone)) {
    rate_month(month, asked, terms, reader, rater, rooms ? &*rooms : nullptr);
  }
  std::vector<CostLine> lines = rater.finish();
  if (rooms) {
    lines = rooms->divide(lines);
  }
  const auto rounding = std::find_if(lines.begin(), lines.end(), [](const CostLine& line) {
    return line.status == CostLine::Status::rounding;
  });
  std::stable_sort(lines.begin(), rounding,
                   [&](const CostLine& a, const CostLine& b) { return before(question, a, b); });
  std::vector<CostRow> rows;
  const Shown shown(terms, rater);
  for (const CostLine& line : lines) {
    rows.push_back(shown.row(line));
  }
  return rows;
}

}  // namespace fleetmeter::settle
