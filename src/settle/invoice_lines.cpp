#include "settle/invoice_lines.hpp"

#include <algorithm>

#include "decode/money_documents.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "model/price_names.hpp"
#include "reconcile/invoiced.hpp"
#include "reconcile/sum_lines.hpp"

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

namespace {

Decimal less(const Decimal& value) {
  return {-value.digits(), value.scale()};
}

std::optional<Decimal> less(const std::optional<Decimal>& value) {
  return value ? std::optional(less(*value)) : std::nullopt;
}

/// A credit note may say what it takes off with amounts above 0.
void take_off(model::Invoice& note) {
  const bool is_written_below =
      std::any_of(note.lines.begin(), note.lines.end(),
                  [](const InvoiceLine& line) { return line.amount && line.amount->digits() < 0; });
  if (!note.takes_off || is_written_below || (note.amount_due && note.amount_due->digits() < 0)) {
    return;
  }
  note.amount_due = less(note.amount_due);
  for (InvoiceLine& line : note.lines) {
    line.quantity = less(line.quantity);
    line.amount = less(line.amount);
    line.discount = less(line.discount);
  }
}

/// A reversal may be so much at a price below 0. It is so much less at the price.
void put_signs_to_quantities(model::Invoice& invoice) {
  for (InvoiceLine& line : invoice.lines) {
    if (line.quantity && line.unit_price && line.unit_price->digits() < 0) {
      line.quantity = less(line.quantity);
      line.unit_price = less(line.unit_price);
    }
  }
}

/// A note that is nothing but a sum, as a line: taken beside lines.
void itemise(model::Invoice& note) {
  InvoiceLine line;
  line.kind = LineKind::credit;
  line.description = note.invoice_id;
  line.amount = note.amount_due;
  note.lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> with_corrections(const std::string& command,
                                          const std::vector<std::string>& invoice_ids,
                                          store::PriceReader& prices) {
  std::vector<std::string> all;
  const auto add = [&](const std::string& id) {
    if (std::find(all.begin(), all.end(), id) == all.end()) {
      all.push_back(id);
    }
  };
  const std::vector<store::StoredInvoice> known = prices.invoices();
  for (const std::string& id : invoice_ids) {
    const auto corrects = find_invoice(command, id, prices).invoice.corrects;
    const bool is_there = corrects && std::any_of(known.begin(), known.end(), [&](const auto& one) {
                            return one.invoice.invoice_id == *corrects;
                          });
    if (corrects && !is_there) {
      throw Error(ErrorKind::no_input,
                  command + ": " + printable(id) + " corrects " + printable(*corrects) +
                      ", which is not imported; a note says nothing without its invoice");
    }
    const std::string& about = corrects ? *corrects : id;
    add(about);
    add(id);
    for (const store::StoredInvoice& one : known) {
      if (one.invoice.corrects == about) {
        add(one.invoice.invoice_id);
      }
    }
  }
  return all;
}

store::StoredInvoice joined(std::vector<store::StoredInvoice> invoices, Lines lines) {
  for (store::StoredInvoice& one : invoices) {
    take_off(one.invoice);
    if (lines == Lines::charges) {
      reconcile::take_out_sums(one.invoice);
      put_signs_to_quantities(one.invoice);
    }
  }
  for (store::StoredInvoice& one : invoices) {
    const bool is_beside_lines = std::any_of(
        invoices.begin(), invoices.end(),
        [&](const store::StoredInvoice& other) { return !other.invoice.lines.empty(); });
    if (one.invoice.corrects && one.invoice.lines.empty() && is_beside_lines) {
      itemise(one.invoice);
    }
  }
  store::StoredInvoice all = std::move(invoices.front());
  for (std::size_t i = 1; i < invoices.size(); ++i) {
    model::Invoice& to = all.invoice;
    const model::Invoice& more = invoices[i].invoice;
    const auto refuse = [&](const std::string& why) {
      throw Error(ErrorKind::usage, "reconcile: " + printable(more.invoice_id) + why);
    };
    if (to.month != more.month || to.currency != more.currency) {
      refuse(" is of another month or currency than the invoices before it");
    }
    if (to.lines.empty() != more.lines.empty()) {
      refuse(" and those before it cannot be taken together: only some of them have lines");
    }
    const bool have_sums = to.amount_due && more.amount_due;
    to.amount_due =
        have_sums
            ? std::optional((Ratio(*to.amount_due) + Ratio(*more.amount_due))
                                .round(std::max(to.amount_due->scale(), more.amount_due->scale())))
            : std::nullopt;
    to.lines.insert(to.lines.end(), more.lines.begin(), more.lines.end());
    to.invoice_id += " + " + more.invoice_id;
    all.source += " and " + invoices[i].source;
  }
  return all;
}

store::StoredInvoice find_joined(const std::vector<std::string>& invoice_ids, Lines lines,
                                 store::PriceReader& prices) {
  std::vector<store::StoredInvoice> invoices;
  for (const std::string& id : with_corrections("reconcile", invoice_ids, prices)) {
    invoices.push_back(find_invoice("reconcile", id, prices));
  }
  return joined(std::move(invoices), lines);
}

Table invoice_lines(const std::string& invoice_id, store::PriceReader& prices) {
  store::StoredInvoice stored = find_invoice("invoice show", invoice_id, prices);
  take_off(stored.invoice);
  return invoice_lines(stored.invoice);
}

Table invoice_lines(const model::Invoice& invoice) {
  const std::vector<bool> sums = reconcile::sum_lines(invoice);
  model::Invoice charges = invoice;
  reconcile::take_out_sums(charges);
  const reconcile::Bill bill = reconcile::take_apart(charges, kMinorDigits);
  Table table;
  table.columns({"line", "product", "description", "app_id", "deployment_id", "region", "unit",
                 "quantity", "unit_price", "amount", "discount", "quantity_read", "adds", "why"});
  std::size_t next = 0;
  for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
    const InvoiceLine& line = invoice.lines[i];
    static const LineReading kNothing;
    const LineReading& read = sums[i] ? kNothing : bill.lines[next++];
    table.row({static_cast<std::int64_t>(i + 1),
               std::string(model::name_of(model::kLineKinds, line.kind)), line.description,
               cell(line.app_id), cell(line.deployment_id), cell(line.region), line.unit,
               cell(line.quantity), cell(line.unit_price), cell(line.amount), cell(line.discount),
               quantity_read(line), Decimal(read.adds, kMinorDigits),
               sums[i] ? "the sum of other lines, or what is due" : why(line, read, bill)});
  }
  return table;
}

}  // namespace fleetmeter::settle
