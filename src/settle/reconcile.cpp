#include "settle/reconcile.hpp"

#include <algorithm>
#include <map>

#include "ask/evidence.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "fleetmeter/version.hpp"
#include "model/price_names.hpp"
#include "reconcile/line_check.hpp"
#include "reconcile/units.hpp"
#include "reconcile/waterfall.hpp"
#include "settle/comparison.hpp"
#include "settle/contributors.hpp"
#include "settle/explanations.hpp"
#include "settle/facts.hpp"
#include "settle/invoice_lines.hpp"
#include "settle/scoped_usage.hpp"
#include "settle/summary.hpp"
#include "settle/verdict_lines.hpp"

namespace fleetmeter::settle {

namespace {

using model::LineKind;
using model::Product;
using reconcile::Candidate;
using reconcile::Fit;

/// The part of a question that a reconciliation reads. Which processes and which time is for the
/// invoice to say.
Question belief_of(const Question& question) {
  Question read;
  read.as_of_ms = question.as_of_ms;
  read.grace_ms = question.grace_ms;
  read.max_lifespan_ms = question.max_lifespan_ms;
  read.absence = question.absence;
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
  if (base::ascii_lower(invoice.currency) != base::ascii_lower(terms.book.card().currency)) {
    throw Error(ErrorKind::usage, "reconcile: the invoice is in " + printable(invoice.currency) +
                                      ", the rates in " + terms.book.card().currency);
  }
}

/// Where an invoice is nothing but a sum, the tax that the user says is in it becomes a line.
void add_tax_of_total(const ReconcileGiven& given, const Terms& terms, model::Invoice& invoice) {
  if (!given.tax || !invoice.amount_due || !invoice.lines.empty()) {
    return;
  }
  const base::Ratio said(given.tax->value);
  const base::Ratio due(*invoice.amount_due);
  const base::Ratio tax = given.tax->is_percent ? due * said / (base::Ratio(100) + said) : said;
  model::InvoiceLine& line = invoice.lines.emplace_back();
  line.kind = LineKind::tax;
  line.amount = tax.round(terms.book.card().minor_digits);
}

/// Bare hours may be of vCPUs or of processes. Where their price is not that of what the rates
/// count, and they are not as many as were metered of it, nobody can tell, so that they are taken
/// for the other: the amount alone is compared.
void leave_out_unclear_hours(const Terms& terms, const ScopedUsage& scoped,
                             model::Invoice& invoice) {
  using reconcile::Measure;
  const model::RateCard& card = terms.book.card();
  const reconcile::Prices prices = reconcile::prices_of(card, Product::compute, false);
  for (model::InvoiceLine& line : invoice.lines) {
    const auto hours = reconcile::factor(line.unit, Measure::vcpu_hour);
    const bool is_bare = line.kind == LineKind::compute && !line.unit.empty() && line.quantity &&
                         hours && reconcile::factor(line.unit, Measure::active_hour);
    if (!is_bare ||
        reconcile::price_says(prices, line, card.minor_digits) != reconcile::PriceSays::other) {
      continue;
    }
    const base::Ratio metered = scoped.of(Product::compute, scoped.scope_of(line)).quantity.point;
    const base::Ratio off = base::Ratio(*line.quantity) * *hours - metered;
    const base::Ratio error = reconcile::printed_error(*line.quantity) * *hours;
    if (off > error || off < base::Ratio() - error) {
      line.unit.insert(0, prices.measure == Measure::vcpu_hour ? "process " : "vCPU ");
    }
  }
}

/// Everything there is to say of one comparison.
class Telling {
 public:
  Telling(const Comparison& comparison, const ReconcileGiven& given, const ScopedUsage& scoped,
          const Question& question, store::Reader& reader)
      : comparison_(comparison),
        given_(given),
        scoped_(scoped),
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
  [[nodiscard]] std::vector<ReconciliationStep> waterfall() const;
  void give_product(const Compared& one, reconcile::Waterfall& steps) const;

  [[nodiscard]] Decimal money(Int128 minor) const {
    return {minor, terms_.book.card().minor_digits};
  }
  [[nodiscard]] Int128 invoiced_total() const { return bill_.due.value_or(bill_.itemised); }

  const Comparison& comparison_;
  const ReconcileGiven& given_;
  const ScopedUsage& scoped_;
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
  add("knowledge", "up to snapshot " + std::to_string(reader_.newest_snapshot()));
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
  steps.step("", "credit", bill_.credit);
  if (other != bill_.products.end()) {
    steps.step("other", "not metered", -other->second.amount.value_or(0));
  }
  if (only_total()) {
    const Int128 egress = egress_.chosen->outcome.amount.point;
    steps.product(compute_.usage, "compute", comparison_.usage_in_total() - egress,
                  *compute_.chosen, contract_, compute_.open || egress_.open);
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
  all.lines = VerdictLines(comparison_, given_, scoped_).give();
  // What has no price can be anything: then nothing is said to stand.
  all.agrees = std::all_of(all.lines.begin(), all.lines.end(),
                           [](const ReconciliationLine& line) { return can_stand(line.status); }) &&
               vendor_.unpriced(Product::compute) == 0 && vendor_.unpriced(Product::egress) == 0;
  sum_up(stored_.invoice, terms_.book.card().minor_digits, all);
  const auto tell = [&](const char* name, const std::string& value) {
    all.header.insert(all.header.end() - 1, {name, value});
  };
  tell("verdict", verdict_name(all.verdict));
  tell("at_stake", to_text(all.at_stake));
  tell("in_words", all.sentence);
  all.waterfall = waterfall();
  all.policies = policies_of(comparison_);
  if (given_.ask) {
    Question month = question_;
    month.from_ms = vendor_.window().from_ms;
    month.to_ms = vendor_.window().to_ms;
    all.facts = facts_to_ask(comparison_, given_, month, reader_);
  }
  if (given_.contributors) {
    all.contributors =
        contributors(question_, *stored_.invoice.month, vendor_.window(), terms_, reader_);
  }
  return all;
}

}  // namespace

namespace {

Reconciliation reconcile(store::StoredInvoice stored, const Question& question, const Terms& terms,
                         const ReconcileGiven& given, store::Reader& reader,
                         store::PriceReader& prices) {
  expect_comparable(stored.invoice, terms);
  add_tax_of_total(given, terms, stored.invoice);
  const Question belief = belief_of(question);
  Question month = belief;
  month.tz = terms.policy.zone;
  set_window(month, {{}, {}, {}, stored.invoice.month});
  ask::expect_begun("reconcile", *month.from_ms, belief, reader.span());
  const ScopedUsage scoped(month, terms, reader);
  leave_out_unclear_hours(terms, scoped, stored.invoice);
  const Comparison comparison(stored, belief, terms, scoped, reader, prices);
  return Telling(comparison, given, scoped, belief, reader).give();
}

/// The sum due, else what the lines come to.
Decimal sum_of(const model::Invoice& invoice, const Terms& terms) {
  const int digits = terms.book.card().minor_digits;
  const reconcile::Bill bill = reconcile::take_apart(invoice, digits);
  return {bill.due.value_or(bill.itemised), digits};
}

/// What was metered of all products.
std::optional<Bounded<Decimal>> metered_of(const Reconciliation& said, int digits) {
  Bounded<base::Ratio> sum;
  for (const ReconciliationLine& line : said.lines) {
    const bool is_product =
        line.product == "compute" || line.product == "egress" || line.product == "total";
    if (line.amount && is_product && !line.is_part) {
      sum += Bounded<base::Ratio>{base::Ratio(line.amount->point), base::Ratio(line.amount->lo),
                                  base::Ratio(line.amount->hi)};
    }
  }
  return Bounded<Decimal>{sum.point.round(digits), sum.lo.round(digits), sum.hi.round(digits)};
}

}  // namespace

Reconciliation reconcile(const std::vector<std::string>& invoice_ids, const Question& question,
                         const Terms& terms, const ReconcileGiven& given, store::Reader& reader,
                         store::PriceReader& prices) {
  return reconcile(find_joined(invoice_ids, Lines::charges, prices), question, terms, given, reader,
                   prices);
}

std::vector<InvoiceVerdict> reconcile_year(const std::string& year, const Question& question,
                                           const Terms& terms, const ReconcileGiven& given,
                                           store::Reader& reader, store::PriceReader& prices) {
  if (year.size() != 4 || !base::parse_date(year + "-01-01")) {
    throw Error(ErrorKind::usage, "reconcile: not a year like 2024 (" + printable(year) + ")");
  }
  std::map<std::string, std::vector<store::StoredInvoice>> months;
  for (store::StoredInvoice& one : prices.invoices()) {
    if (one.invoice.month && one.invoice.month->starts_with(year)) {
      months[*one.invoice.month].push_back(std::move(one));
    }
  }
  if (months.empty()) {
    throw Error(ErrorKind::no_input, "reconcile: no invoice of " + year);
  }
  std::vector<InvoiceVerdict> all;
  ReconcileGiven for_verdict = given;
  for_verdict.contributors = false;
  for (const auto& [month, invoices] : months) {
    InvoiceVerdict said;
    said.month = month;
    try {
      const Reconciliation found =
          reconcile(joined(invoices, Lines::charges), question, terms, for_verdict, reader, prices);
      said.verdict = found.verdict;
      said.at_stake = found.at_stake;
      said.sentence = found.sentence;
      said.amount = metered_of(found, terms.book.card().minor_digits);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::usage && error.kind() != ErrorKind::no_input) {
        throw;
      }
      said.sentence = error.what();
    }
    for (const store::StoredInvoice& one : invoices) {
      InvoiceVerdict row = said;
      row.invoice_id = one.invoice.invoice_id;
      row.currency = one.invoice.currency;
      row.amount_invoiced = sum_of(joined({one}, Lines::charges).invoice, terms);
      for (const store::StoredInvoice& other : invoices) {
        if (other.invoice.invoice_id != row.invoice_id) {
          row.together_with += (row.together_with.empty() ? "" : ", ") + other.invoice.invoice_id;
        }
      }
      all.push_back(std::move(row));
    }
  }
  return all;
}

}  // namespace fleetmeter::settle
