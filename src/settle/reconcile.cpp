#include "settle/reconcile.hpp"

#include <algorithm>

#include "ask/evidence.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "fleetmeter/version.hpp"
#include "model/price_names.hpp"
#include "reconcile/verdict.hpp"
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
                                       did_you_mean(invoice_id, names) + "; " +
                                       spelled(Term::list_invoices) + " lists them");
}

/// The part of a question that a reconciliation reads. Which processes and which time is for the
/// invoice to say.
Question belief_of(const Question& question) {
  Question read;
  read.as_of_ms = question.as_of_ms;
  read.grace_ms = question.grace_ms;
  read.max_lifespan_ms = question.max_lifespan_ms;
  read.absence = question.absence;
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
                                      " names no month; import it again with " +
                                      spelled(Term::month));
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

  [[nodiscard]] std::vector<ReconciliationFact> header() const;
  void give_lines(Reconciliation& to) const;
  void give_line(const Compared& one, Reconciliation& to) const;
  void compare_quantities(const Compared& one, ReconciliationLine& line) const;
  [[nodiscard]] Verdict verdict_of(const Compared& one,
                                   const reconcile::Tolerance& tolerance) const;
  void give_total(Reconciliation& to) const;
  [[nodiscard]] std::vector<ReconciliationStep> waterfall() const;
  void give_product(const Compared& one, reconcile::Waterfall& steps) const;

  [[nodiscard]] Decimal money(Int128 minor) const {
    return {minor, terms_.book.card().minor_digits};
  }
  [[nodiscard]] Bounded<Decimal> money(const Bounded<Int128>& minor) const {
    return {money(minor.point), money(minor.lo), money(minor.hi)};
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

std::vector<ReconciliationFact> Telling::header() const {
  std::vector<ReconciliationFact> facts;
  const auto add = [&](const char* name, const std::string& value) {
    facts.push_back({name, value});
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
  add("unseen", vendor_.unseen_ms() == 0
                    ? "nothing"
                    : base::format_duration(vendor_.unseen_ms()) +
                          " of the month, in which more may have run than anybody saw");
  for (const Compared* one : {&compute_, &egress_}) {
    if (!one->quantity.left_out.empty()) {
      add("not_compared", left_out(*one));
    }
  }
  add("version", version());
  return facts;
}

Verdict Telling::verdict_of(const Compared& one, const reconcile::Tolerance& tolerance) const {
  if (one.invoiced == nullptr) {
    return Verdict::not_on_invoice;
  }
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  if (metered.amount == Bounded<Int128>{} && !one.open) {
    return Verdict::not_metered;
  }
  const reconcile::Side side = reconcile::side_of(metered, *one.invoiced, contract_);
  if (one.invoiced->amount) {
    return reconcile::verdict_of(
        {*one.invoiced->amount, metered.amount, one.open, side, tolerance, one.explained});
  }
  // Quantities alone: as their digits tell.
  if (reconcile::fit_of(one.candidates.front(), *one.invoiced, contract_) == Fit::exact) {
    return Verdict::match;
  }
  return side == reconcile::Side::above   ? (one.open ? Verdict::unbounded : Verdict::overbilled)
         : side == reconcile::Side::below ? Verdict::underbilled
                                          : Verdict::within_bounds;
}

void Telling::give_line(const Compared& one, Reconciliation& to) const {
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  const bool on_invoice = one.invoiced != nullptr;
  const bool is_metered = metered.amount != Bounded<Int128>{} || vendor_.unbounded(one.product) > 0;
  if (!on_invoice && !is_metered) {
    return;
  }
  const auto amount = on_invoice ? one.invoiced->amount : std::nullopt;
  const reconcile::Tolerance tolerance =
      reconcile::tolerance_of(vendor_.processes(one.product), on_invoice ? one.invoiced->lines : 0);
  ReconciliationLine& line = to.lines.emplace_back();
  line.product = one.name;
  if (metered.unit) {
    line.unit = rate::unit_name(*metered.unit, terms_.policy);
  }
  compare_quantities(one, line);
  line.unit_price = metered.unit_price;
  line.unit_price_invoiced = one.quantity.unit_price;
  line.amount = money(metered.amount);
  if (amount) {
    line.amount_invoiced = money(*amount);
    line.variance = money(*amount - metered.amount.point);
  }
  line.tolerance = money(tolerance.focus);
  line.own_tolerance = money(tolerance.own);
  line.status = verdict_of(one, tolerance);
  line.explained_by = explanation(one, comparison_);
  line.open_processes = vendor_.unbounded(one.product);
  to.agrees = to.agrees && can_stand(line.status);
}

void Telling::compare_quantities(const Compared& one, ReconciliationLine& line) const {
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  const auto& invoiced = one.quantity.sum;
  line.quantity_invoiced = one.quantity.shown;
  if (metered.quantity) {
    line.quantity = {metered.quantity->point.round(kQuantityDigits),
                     metered.quantity->lo.round(kQuantityDigits),
                     metered.quantity->hi.round(kQuantityDigits)};
  }
  if (invoiced && metered.quantity) {
    line.quantity_variance = (*invoiced - metered.quantity->point).round(kQuantityDigits);
  }
  if (invoiced && one.quantity.unit_price && metered.unit_price) {
    const base::Ratio more =
        base::Ratio(*one.quantity.unit_price) - base::Ratio(*metered.unit_price);
    line.price_variance = (*invoiced * more).round(terms_.book.card().minor_digits);
  }
}

void Telling::give_total(Reconciliation& to) const {
  const Bounded<Int128> sum =
      compute_.candidates.front().outcome.amount + egress_.candidates.front().outcome.amount;
  const reconcile::Tolerance tolerance =
      reconcile::tolerance_of(vendor_.processes(Product::compute), 1);
  const auto side = *bill_.due > sum.hi   ? reconcile::Side::above
                    : *bill_.due < sum.lo ? reconcile::Side::below
                                          : reconcile::Side::within;
  ReconciliationLine& line = to.lines.emplace_back();
  line.product = "total";
  line.amount_invoiced = money(*bill_.due);
  line.amount = money(sum);
  line.variance = money(*bill_.due - sum.point);
  line.tolerance = money(tolerance.focus);
  line.own_tolerance = money(tolerance.own);
  line.status = reconcile::verdict_of({*bill_.due, sum, compute_.open || egress_.open, side,
                                       tolerance, compute_.explained || egress_.explained});
  line.explained_by = explanation_of_total(comparison_);
  line.open_processes = vendor_.unbounded(Product::compute) + vendor_.unbounded(Product::egress);
  to.agrees = can_stand(line.status);
}

void Telling::give_lines(Reconciliation& to) const {
  to.agrees = true;
  if (only_total()) {
    give_total(to);
    return;
  }
  give_line(compute_, to);
  give_line(egress_, to);
  const auto other = bill_.products.find(LineKind::other);
  if (other != bill_.products.end()) {
    to.agrees = false;
    const Invoiced& invoiced = other->second;
    ReconciliationLine& line = to.lines.emplace_back();
    line.product = "other";
    line.quantity_invoiced = invoiced.as_written.shown;
    line.unit_price_invoiced = invoiced.as_written.unit_price;
    if (invoiced.amount) {
      line.amount_invoiced = money(*invoiced.amount);
    }
    line.status = Verdict::not_metered;
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

std::vector<ReconciliationStep> Telling::waterfall() const {
  if (!bill_.due && !has_amounts()) {
    return {};  // quantities alone
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
  std::vector<ReconciliationStep> all;
  for (const reconcile::WaterfallStep& one : steps.finish()) {
    all.push_back({one.product, one.step, money(one.amount), money(one.balance), one.note});
  }
  return all;
}

Reconciliation Telling::give() {
  Reconciliation all;
  all.header = header();
  give_lines(all);
  // What has no price can be anything: then nothing is said to stand.
  all.agrees = all.agrees && vendor_.unpriced(Product::compute) == 0 &&
               vendor_.unpriced(Product::egress) == 0;
  all.waterfall = waterfall();
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
