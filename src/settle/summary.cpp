#include "settle/summary.hpp"

#include <algorithm>
#include <array>

#include "base/ratio.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;

/// The gravest first: what an invoice is accused of, then what speaks for it with less and less.
constexpr std::array<Verdict, 14> kGravestFirst{
    Verdict::wrong_price, Verdict::bad_arithmetic, Verdict::duplicate,
    Verdict::overbilled,  Verdict::not_metered,    Verdict::not_itemised,
    Verdict::underbilled, Verdict::not_on_invoice, Verdict::explained,
    Verdict::unbounded,   Verdict::within_bounds,  Verdict::within_tolerance,
    Verdict::match,       Verdict::stated};

/// Whether other rows say it already: those that the sum due is of, and the row of the product
/// whose part this is.
bool is_told_above(const ReconciliationLine& line, const std::vector<ReconciliationLine>& lines) {
  return line.product == "due" ||
         (line.is_part &&
          std::any_of(lines.begin(), lines.end(), [&](const ReconciliationLine& other) {
            return other.product == line.product && !other.is_part && !can_stand(other.status);
          }));
}

Ratio size_of(const Ratio& value) {
  return value < Ratio() ? Ratio() - value : value;
}

/// What a row of the invoice charges. Of a quantity alone it is what that costs by the contract.
Ratio invoiced_of(const ReconciliationLine& line) {
  if (line.amount_invoiced) {
    return Ratio(*line.amount_invoiced);
  }
  const bool has_price = line.quantity_variance && line.quantity && line.unit_price;
  return has_price ? (Ratio(*line.quantity_variance) + Ratio(line.quantity->point)) *
                         Ratio(*line.unit_price)
                   : Ratio();
}

/// How much of the invoice a row puts in question.
Ratio at_stake(const ReconciliationLine& line) {
  const Ratio invoiced = invoiced_of(line);
  const Ratio lo = line.amount ? Ratio(line.amount->lo) : Ratio();
  const Ratio hi = line.amount ? Ratio(line.amount->hi) : Ratio();
  const Ratio point = line.amount ? Ratio(line.amount->point) : Ratio();
  switch (line.status) {
    case Verdict::overbilled:
      return invoiced - hi;
    case Verdict::underbilled:
    case Verdict::not_on_invoice:
      return lo - invoiced;
    case Verdict::wrong_price:
    case Verdict::bad_arithmetic:
    case Verdict::duplicate:
    case Verdict::not_metered:
    case Verdict::not_itemised:
    case Verdict::explained:
      return size_of(invoiced - point);
    default:
      return {};
  }
}

/// What the status of a row means, to be read after its name.
const char* meaning(const ReconciliationLine& line) {
  const bool is_used = line.product != "tax";
  switch (line.status) {
    case Verdict::match:
      return "agrees";
    case Verdict::wrong_price:
      return "is charged at another price than the contract's";
    case Verdict::bad_arithmetic:
      return "is not what its own numbers come to";
    case Verdict::duplicate:
      return "stands there more than once";
    case Verdict::not_itemised:
      return "is in no line";
    case Verdict::overbilled:
      return is_used ? "is above all that can have been used" : "is more than is due";
    case Verdict::underbilled:
      return is_used ? "is below all that was used" : "is less than is due";
    case Verdict::within_tolerance:
      return "differs by no more than is let pass";
    case Verdict::explained:
      return "is what another reading of the contract gives";
    case Verdict::unbounded:
      return "is above what was seen, and nothing says that more was not used";
    case Verdict::within_bounds:
      return "is possible";
    case Verdict::not_on_invoice:
      return "was used and is not on the invoice";
    case Verdict::not_metered:
      return "is charged, and nothing of it was metered";
    case Verdict::stated:
      break;
  }
  return "is as the invoice says";
}

std::string name_of(const ReconciliationLine& line) {
  std::string name = line.status == Verdict::not_itemised ? "part of the sum due" : line.product;
  if (line.deployment_id) {
    name += " of deployment " + *line.deployment_id;
  }
  if (line.app_id) {
    name += " of " + *line.app_id;
  }
  if (line.region) {
    name += " in " + *line.region;
  }
  if (line.is_part && !line.app_id && !line.deployment_id && !line.region && line.unit_price) {
    name += " at " + to_text(*line.unit_price);
  }
  return line.description.empty() || line.is_part ? name : name + " (" + line.description + ')';
}

}  // namespace

void sum_up(const model::Invoice& invoice, int minor_digits, Reconciliation& said) {
  said.verdict = said.lines.empty() ? Verdict::match : said.lines.front().status;
  Ratio stake;
  const auto rank = [](Verdict verdict) {
    return std::find(kGravestFirst.begin(), kGravestFirst.end(), verdict);
  };
  std::string accused;
  for (const ReconciliationLine& line : said.lines) {
    said.verdict = std::min(said.verdict, line.status,
                            [&](Verdict a, Verdict b) { return rank(a) < rank(b); });
    if (!can_stand(line.status) && !is_told_above(line, said.lines)) {
      stake += at_stake(line);
      accused += (accused.empty() ? "" : "; ") + name_of(line) + ' ' + meaning(line);
    }
  }
  said.at_stake = stake.round(minor_digits);
  const bool stands = said.agrees;
  if (!stands && accused.empty()) {
    said.sentence = "Nothing can be said of invoice " + invoice.invoice_id +
                    ": some usage has no price. A deployment may not be imported, so that its size "
                    "is not known, or the card has no rate for it.";
    return;
  }
  said.sentence =
      "Invoice " + invoice.invoice_id + (stands ? " can stand" : " cannot stand as it is") +
      (stands && said.verdict == Verdict::unbounded
           ? ", as far as anybody saw: it is above what was seen, and nothing bounds the rest"
       : stands && said.verdict == Verdict::match ? ": it agrees with what was metered"
       : stands                                   ? ": it is possible by what was metered"
                                                  : ": " + accused) +
      (stands ? "." : ". At stake are " + to_text(said.at_stake) + ' ' + invoice.currency + '.');
}

}  // namespace fleetmeter::settle
