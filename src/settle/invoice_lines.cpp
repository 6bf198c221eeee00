#include "settle/invoice_lines.hpp"

#include "decode/money_documents.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "model/price_names.hpp"
#include "reconcile/invoiced.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using model::InvoiceLine;
using model::LineKind;
using reconcile::Arithmetic;
using reconcile::LineReading;
using reconcile::Measure;
using reconcile::Signs;

constexpr int kShownDigits = 6;
constexpr int kMinorDigits = 2;  // what an invoice is read with before a rate card says more

bool takes_off(LineKind kind) {
  return kind == LineKind::discount || kind == LineKind::credit;
}

/// The quantity of a line in the unit of our own rates; "" where there is nothing to convert.
std::string quantity_read(const InvoiceLine& line) {
  if (!line.quantity || (line.kind != LineKind::compute && line.kind != LineKind::egress)) {
    return "";
  }
  struct Known {
    Measure measure;
    const char* name;
  };
  const std::vector<Known> known = line.kind == LineKind::egress
                                       ? std::vector<Known>{{Measure::gb, "GB"}}
                                       : std::vector<Known>{{Measure::vcpu_hour, "vcpu_hour"},
                                                            {Measure::active_hour, "active_hour"}};
  for (const Known& one : known) {
    if (const auto factor = reconcile::factor(line.unit, one.measure)) {
      const Ratio quantity = Ratio(*line.quantity) * *factor;
      return to_text(trimmed(quantity.round(kShownDigits))) + ' ' + one.name;
    }
  }
  return "not compared: the unit is not known";
}

/// Why a line is about what it is.
std::string why_kind(const InvoiceLine& line) {
  const std::string_view word = decode::line_word(line.description, line.unit);
  const bool is_of_word = decode::line_kind(line.description, line.unit) == line.kind;
  return !is_of_word    ? "as its product or its unit says"
         : word.empty() ? "no word of it is known"
                        : "for the word " + std::string(word);
}

std::string why_sign(const LineReading& read, Signs signs) {
  const std::string way = read.adds < 0 ? "takes off" : "adds";
  switch (signs) {
    case Signs::usual:
      return way + ", as discounts and credits are written here";
    case Signs::as_written:
    case Signs::taken_off:
    case Signs::opposite:
      break;
  }
  return way + ", because the sum due says so";
}

std::string why(const InvoiceLine& line, const LineReading& read, const reconcile::Bill& bill) {
  std::string text = why_kind(line);
  const auto add = [&](const std::string& more) { text += "; " + more; };
  if (takes_off(line.kind)) {
    add(why_sign(read, bill.signs));
  }
  if (read.arithmetic != Arithmetic::right) {
    const Ratio gross = Ratio(*line.quantity) * Ratio(*line.unit_price);
    add("quantity times price is " + to_text(gross.round(kMinorDigits)) + ", not its amount");
  }
  if (read.repeats) {
    add("the same as line " + std::to_string(*read.repeats + 1));
  }
  return text;
}

Cell cell(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell(nullptr);
}

Cell cell(const std::optional<Decimal>& number) {
  return number ? Cell(*number) : Cell(nullptr);
}

}  // namespace

store::StoredInvoice find_invoice(const std::string& command, const std::string& invoice_id,
                                  store::PriceReader& prices) {
  std::vector<std::string> names;
  for (store::StoredInvoice& one : prices.invoices()) {
    if (one.invoice.invoice_id == invoice_id) {
      return std::move(one);
    }
    names.push_back(one.invoice.invoice_id);
  }
  throw Error(ErrorKind::no_input, command + ": no such invoice (" + printable(invoice_id) + ")" +
                                       did_you_mean(invoice_id, names) + "; " +
                                       spelled(Term::list_invoices) + " lists them");
}

Table invoice_lines(const std::string& invoice_id, store::PriceReader& prices) {
  const store::StoredInvoice stored = find_invoice("invoice show", invoice_id, prices);
  const reconcile::Bill bill = reconcile::take_apart(stored.invoice, kMinorDigits);
  Table table;
  table.columns({"line", "product", "description", "app_id", "deployment_id", "region", "unit",
                 "quantity", "unit_price", "amount", "discount", "quantity_read", "adds", "why"});
  for (std::size_t i = 0; i < bill.lines.size(); ++i) {
    const InvoiceLine& line = stored.invoice.lines[i];
    table.row({static_cast<std::int64_t>(i + 1),
               std::string(model::name_of(model::kLineKinds, line.kind)), line.description,
               cell(line.app_id), cell(line.deployment_id), cell(line.region), line.unit,
               cell(line.quantity), cell(line.unit_price), cell(line.amount), cell(line.discount),
               quantity_read(line), Decimal(bill.lines[i].adds, kMinorDigits),
               why(line, bill.lines[i], bill)});
  }
  return table;
}

}  // namespace fleetmeter::settle
