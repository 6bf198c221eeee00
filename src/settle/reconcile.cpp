#include "settle/reconcile.hpp"

#include <algorithm>

#include "ask/evidence.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/text.hpp"
#include "fleetmeter/version.hpp"
#include "model/price_names.hpp"
#include "reconcile/status.hpp"
#include "reconcile/waterfall.hpp"
#include "settle/comparison.hpp"
#include "settle/contributors.hpp"
#include "settle/explanations.hpp"

namespace fleetmeter::settle {

namespace {

using model::LineKind;
using model::Product;
using reconcile::Candidate;
using reconcile::Fit;
using reconcile::Invoiced;

constexpr int kQuantityDigits = 6;

store::StoredInvoice find_invoice(const std::string& invoice_id, store::PriceReader& prices) {
  std::vector<std::string> names;
  for (store::StoredInvoice& one : prices.invoices()) {
    if (one.invoice.invoice_id == invoice_id) {
      return std::move(one);
    }
    names.push_back(one.invoice.invoice_id);
  }
  throw Error(ErrorKind::no_input, "reconcile: no such invoice (" + printable(invoice_id) + ")" +
                                       did_you_mean(invoice_id, names) +
                                       "; `fleetmeter invoice` lists them");
}

/// What a reconciliation reads of a question: who and when is the invoice's to say.
Question belief_of(const Question& question) {
  Question read;
  read.as_of_ms = question.as_of_ms;
  read.grace_ms = question.grace_ms;
  read.max_lifespan_ms = question.max_lifespan_ms;
  read.known_seq = question.known_seq;
  read.scan = question.scan;
  return read;
}

/// That a product's quantities are not compared, and which units they are in.
std::string left_out(const Compared& one) {
  std::string units;
  for (const std::string& unit : one.quantity.left_out) {
    units += (units.empty() ? "" : ", ") + printable(unit);
  }
  return std::string("quantity of ") + one.name + ", whose unit does not convert (" + units + ")";
}

void expect_comparable(const model::Invoice& invoice, const Terms& terms) {
  if (!invoice.month) {
    throw Error(ErrorKind::usage, "reconcile: " + printable(invoice.invoice_id) +
                                      " names no month; import it again with --month");
  }
  if (invoice.currency != terms.book.card().currency) {
    throw Error(ErrorKind::usage, "reconcile: the invoice is in " + printable(invoice.currency) +
                                      ", the rates in " + terms.book.card().currency);
  }
}

/// Everything there is to say of one comparison.
class Telling {
 public:
  Telling(const Comparison& comparison, const Question& question, store::Reader& reader)
      : comparison_(comparison),
        stored_(comparison.stored()),
        question_(question),
        terms_(comparison.terms()),
        reader_(reader),
        bill_(comparison.bill()),
        vendor_(comparison.vendor()),
        contract_(comparison.contract()),
        compute_(comparison.compute()),
        egress_(comparison.egress()),
        pairs_(comparison.pairs()) {}

  [[nodiscard]] Reconciliation give();

 private:
  [[nodiscard]] bool only_total() const { return comparison_.only_total(); }
  [[nodiscard]] bool has_amounts() const {
    return std::any_of(bill_.products.begin(), bill_.products.end(),
                       [](const auto& product) { return product.second.amount.has_value(); });
  }

  void give_header(Table& table) const;
  void give_lines(Reconciliation& to) const;
  void give_line(const Compared& one, Reconciliation& to) const;
  [[nodiscard]] std::string status_of(const Compared& one,
                                      const reconcile::Tolerance& tolerance) const;
  void give_total(Reconciliation& to) const;
  void give_waterfall(Table& table) const;
  void give_product(const Compared& one, reconcile::Waterfall& steps) const;

  [[nodiscard]] Decimal money(Int128 minor) const {
    return {minor, terms_.book.card().minor_digits};
  }
  [[nodiscard]] Int128 invoiced_total() const { return bill_.due.value_or(bill_.itemised); }

  const Comparison& comparison_;
  const store::StoredInvoice& stored_;
  const Question& question_;
  const Terms& terms_;
  store::Reader& reader_;
  const reconcile::Bill& bill_;
  const VendorCase& vendor_;
  const reconcile::Contract& contract_;
  const Compared& compute_;
  const Compared& egress_;
  const std::vector<reconcile::Pair>& pairs_;
};

void Telling::give_header(Table& table) const {
  table.columns({"name", "value"});
  const auto add = [&](const char* name, const std::string& value) {
    table.row({std::string(name), value});
  };
  const model::Invoice& invoice = stored_.invoice;
  add("invoice", invoice.invoice_id);
  add("status", invoice.status);
  add("source", stored_.source + ", version " + std::to_string(stored_.versions));
  add("month", *invoice.month + " in " + terms_.policy.zone);
  add("from", base::format_utc(vendor_.window().from_ms));
  add("to", base::format_utc(vendor_.window().to_ms));
  add("currency", invoice.currency);
  const store::StoreSpan span = reader_.span();
  add("as_of", base::format_utc(question_.as_of_ms.value_or(span.latest_observed_ms.value_or(0))) +
                   (vendor_.ends_before_month() ? ", before the month ends" : ""));
  add("knowledge",
      question_.known_seq ? "snapshot " + std::to_string(*question_.known_seq) : "all");
  add("rates", terms_.book.card().name + " (" + terms_.card_version + ")");
  add("policy", terms_.policy.name);
  add("processes", std::to_string(vendor_.processes(Product::compute)));
  add("open_processes", std::to_string(vendor_.open_processes()));
  add("unmetered_processes", std::to_string(vendor_.unmetered_processes()));
  add("unpriced_processes", std::to_string(vendor_.unpriced(Product::compute)));
  Question of_month = question_;
  of_month.from_ms = vendor_.window().from_ms;
  of_month.to_ms = vendor_.window().to_ms;
  add("coverage", ask::coverage_summary(of_month, reader_));
  for (const Compared* one : {&compute_, &egress_}) {
    if (!one->quantity.left_out.empty()) {
      add("not_compared", left_out(*one));
    }
  }
  add("version", version());
}

std::string Telling::status_of(const Compared& one, const reconcile::Tolerance& tolerance) const {
  if (one.invoiced == nullptr) {
    return "NOT_ON_INVOICE";
  }
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  if (metered.amount == rate::Bounded{} && !one.open) {
    return "NOT_METERED";
  }
  const reconcile::Side side = reconcile::side_of(metered, *one.invoiced, contract_);
  if (one.invoiced->amount) {
    return reconcile::status_of(
        {*one.invoiced->amount, metered.amount, one.open, side, tolerance, one.explained});
  }
  // Quantities alone: as their digits tell.
  return reconcile::fit_of(one.candidates.front(), *one.invoiced, contract_) == Fit::exact ? "MATCH"
         : side == reconcile::Side::above ? (one.open ? "UNBOUNDED" : "OVERBILLED")
         : side == reconcile::Side::below ? "UNDERBILLED"
                                          : "WITHIN_BOUNDS";
}

void Telling::give_line(const Compared& one, Reconciliation& to) const {
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  const auto rounded = [](const std::optional<base::Ratio>& value) {
    return value ? Cell(value->round(kQuantityDigits)) : Cell(nullptr);
  };
  const bool on_invoice = one.invoiced != nullptr;
  const bool is_metered = metered.amount != rate::Bounded{} || one.open;
  if (!on_invoice && !is_metered) {
    return;
  }
  const auto amount = on_invoice ? one.invoiced->amount : std::nullopt;
  const auto& quantity = one.quantity.sum;
  const auto& price = one.quantity.unit_price;
  const reconcile::Tolerance tolerance =
      reconcile::tolerance_of(vendor_.processes(one.product), on_invoice ? one.invoiced->lines : 0);
  const std::string status = status_of(one, tolerance);
  to.agrees = to.agrees && reconcile::agrees(status);
  const bool both = amount.has_value();
  Cell quantity_variance = nullptr;
  Cell price_variance = nullptr;
  if (quantity && metered.point) {
    quantity_variance = (*quantity - *metered.point).round(kQuantityDigits);
  }
  if (quantity && price && metered.unit_price) {
    const base::Ratio more = base::Ratio(*price) - base::Ratio(*metered.unit_price);
    price_variance = (*quantity * more).round(terms_.book.card().minor_digits);
  }
  to.lines.row({std::string(one.name),
                metered.unit ? Cell(std::string(rate::unit_name(*metered.unit, terms_.policy)))
                             : Cell(nullptr),
                one.quantity.shown ? Cell(*one.quantity.shown) : Cell(nullptr),
                rounded(metered.point),
                rounded(metered.lo),
                rounded(metered.hi),
                quantity_variance,
                metered.unit_price ? Cell(*metered.unit_price) : Cell(nullptr),
                price ? Cell(*price) : Cell(nullptr),
                price_variance,
                both ? Cell(money(*amount)) : Cell(nullptr),
                money(metered.amount.point),
                money(metered.amount.lo),
                money(metered.amount.hi),
                both ? Cell(money(*amount - metered.amount.point)) : Cell(nullptr),
                money(tolerance.focus),
                money(tolerance.own),
                status,
                explanation(one, comparison_),
                vendor_.unbounded(one.product)});
}

void Telling::give_total(Reconciliation& to) const {
  const rate::Bounded& c = compute_.candidates.front().outcome.amount;
  const rate::Bounded& e = egress_.candidates.front().outcome.amount;
  const rate::Bounded sum{c.point + e.point, c.lo + e.lo, c.hi + e.hi};
  const reconcile::Tolerance tolerance =
      reconcile::tolerance_of(vendor_.processes(Product::compute), 1);
  const bool explained = compute_.explained || egress_.explained;
  const bool open = compute_.open || egress_.open;
  const auto side = *bill_.due > sum.hi   ? reconcile::Side::above
                    : *bill_.due < sum.lo ? reconcile::Side::below
                                          : reconcile::Side::within;
  const std::string status =
      reconcile::status_of({*bill_.due, sum, open, side, tolerance, explained});
  to.agrees = reconcile::agrees(status);
  to.lines.row({std::string("total"),
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                money(*bill_.due),
                money(sum.point),
                money(sum.lo),
                money(sum.hi),
                money(*bill_.due - sum.point),
                money(tolerance.focus),
                money(tolerance.own),
                status,
                explanation_of_total(comparison_),
                vendor_.unbounded(Product::compute) + vendor_.unbounded(Product::egress)});
}

void Telling::give_lines(Reconciliation& to) const {
  to.agrees = true;
  to.lines.columns({"product",
                    "unit",
                    "quantity_invoiced",
                    "quantity",
                    "quantity_lo",
                    "quantity_hi",
                    "quantity_variance",
                    "unit_price",
                    "unit_price_invoiced",
                    "price_variance",
                    "amount_invoiced",
                    "amount",
                    "amount_lo",
                    "amount_hi",
                    "variance",
                    "tolerance",
                    "own_tolerance",
                    "status",
                    "explained_by",
                    "open_processes"});
  if (only_total()) {
    give_total(to);
    return;
  }
  give_line(compute_, to);
  give_line(egress_, to);
  const auto other = bill_.products.find(LineKind::other);
  if (other != bill_.products.end()) {
    to.agrees = false;
    const Invoiced& line = other->second;
    const Cell none = nullptr;
    to.lines.row({std::string("other"),
                  none,
                  line.as_written.shown ? Cell(*line.as_written.shown) : none,
                  none,
                  none,
                  none,
                  none,
                  none,
                  line.as_written.unit_price ? Cell(*line.as_written.unit_price) : none,
                  none,
                  line.amount ? Cell(money(*line.amount)) : none,
                  none,
                  none,
                  none,
                  none,
                  none,
                  none,
                  std::string("NOT_METERED"),
                  std::string(),
                  std::int64_t{0}});
  }
}

void Telling::give_product(const Compared& one, reconcile::Waterfall& steps) const {
  Int128 invoiced = *one.invoiced->amount;
  if (reconcile::fit_of(*one.chosen, *one.invoiced, contract_) == Fit::exact) {
    const Int128 exact = one.chosen->outcome.amount.point;
    steps.step(one.name, "rounding", exact - invoiced, "what rounding the invoice's lines makes");
    invoiced = exact;
  }
  steps.product(one.usage, one.name, invoiced, *one.chosen, contract_, one.open);
}

void Telling::give_waterfall(Table& table) const {
  table.columns({"product", "step", "amount", "balance", "note"});
  if (!bill_.due && !has_amounts()) {
    return;  // quantities alone
  }
  reconcile::Waterfall steps(invoiced_total());
  const auto other = bill_.products.find(LineKind::other);
  steps.step("", "tax", -bill_.tax);
  Int128 discount = bill_.discount;
  for (const auto& [kind, product] : bill_.products) {
    discount += product.discount;
  }
  steps.step("", "discount", discount);
  if (other != bill_.products.end()) {
    steps.step("other", "not metered", -other->second.amount.value_or(0));
  }
  if (only_total()) {
    const Int128 egress = egress_.chosen->outcome.amount.point;
    steps.product(compute_.usage, "compute", *bill_.due - egress, *compute_.chosen, contract_,
                  compute_.open || egress_.open);
    steps.product(egress_.usage, "egress", egress, *egress_.chosen, contract_, egress_.open);
  } else {
    steps.step("", "not itemised", bill_.itemised - invoiced_total(),
               "the sum due is not what the lines come to");
    for (const Compared* one : {&compute_, &egress_}) {
      if (one->invoiced != nullptr && one->invoiced->amount) {
        give_product(*one, steps);
      } else {
        steps.step(one->name, "not on the invoice", one->candidates.front().outcome.amount.point);
      }
    }
  }
  for (const reconcile::WaterfallStep& one : steps.finish()) {
    table.row({one.product, one.step, money(one.amount), money(one.balance), one.note});
  }
}

Reconciliation Telling::give() {
  Reconciliation all;
  give_header(all.header);
  give_lines(all);
  // What has no price can be anything: then nothing is said to stand.
  all.agrees = all.agrees && vendor_.unpriced(Product::compute) == 0 &&
               vendor_.unpriced(Product::egress) == 0;
  give_waterfall(all.waterfall);
  all.policies = policies_of(comparison_);
  all.contributors =
      contributors(question_, *stored_.invoice.month, vendor_.window(), terms_, reader_);
  return all;
}

}  // namespace

Reconciliation reconcile(const std::string& invoice_id, const Question& question,
                         const Terms& terms, store::Reader& reader, store::PriceReader& prices) {
  const store::StoredInvoice stored = find_invoice(invoice_id, prices);
  expect_comparable(stored.invoice, terms);
  const Question belief = belief_of(question);
  Question month = belief;
  month.tz = terms.policy.zone;
  set_window(month, {{}, {}, {}, stored.invoice.month});
  ask::expect_begun("reconcile", *month.from_ms, belief, reader.span());
  const Comparison comparison(stored, belief, terms, reader, prices);
  return Telling(comparison, belief, reader).give();
}

}  // namespace fleetmeter::settle
