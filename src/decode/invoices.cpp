#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "base/time_text.hpp"
#include "decode/money_documents.hpp"
#include "model/price_names.hpp"

namespace fleetmeter::decode {

namespace {

using model::Invoice;
using model::InvoiceLine;
using model::LineKind;

struct Word {
  const char* word;
  LineKind kind;
};
/// In this order: a credit card costs a fee, and a discount on compute is a discount.
constexpr std::array<Word, 7> kMoneyWords{{{"tax", LineKind::tax},
                                           {"vat", LineKind::tax},
                                           {"card", LineKind::other},
                                           {"reversal", LineKind::credit},
                                           {"discount", LineKind::discount},
                                           {"credit", LineKind::credit},
                                           {"coupon", LineKind::discount}}};
constexpr std::array<Word, 22> kProductWords{
    {{"egress", LineKind::egress},   {"bandwidth", LineKind::egress},
     {"transfer", LineKind::egress}, {"network", LineKind::egress},
     {"gb", LineKind::egress},       {"gib", LineKind::egress},
     {"gigabyte", LineKind::egress}, {"kb", LineKind::egress},
     {"mb", LineKind::egress},       {"tb", LineKind::egress},
     {"mib", LineKind::egress},      {"tib", LineKind::egress},
     {"megabyte", LineKind::egress}, {"terabyte", LineKind::egress},
     {"byte", LineKind::egress},     {"gbit", LineKind::egress},
     {"vcpu", LineKind::compute},    {"cpu", LineKind::compute},
     {"compute", LineKind::compute}, {"process", LineKind::compute},
     {"server", LineKind::compute},  {"hour", LineKind::compute}}};

/// Whether a text has a word, its plural included.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    std::size_t end = at + word.size();
    end += end < text.size() && text[end] == 's' ? 1U : 0U;
    end += end + 1 < text.size() && text.substr(end, 2) == "es" ? 2U : 0U;
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) {
      return true;
    }
  }
  return false;
}

/// The first word, in the order of the lists, by which a line tells what it is about.
const Word* word_in(std::string_view description, std::string_view unit) {
  std::string text = std::string(description) + ' ' + std::string(unit);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& words :
       {std::span<const Word>(kMoneyWords), std::span<const Word>(kProductWords)}) {
    for (const Word& known : words) {
      if (has_word(text, known.word)) {
        return &known;
      }
    }
  }
  return nullptr;
}

bool is_month(const std::string& text) {
  return text.size() == 7 && base::parse_date(text + "-01").has_value();
}

/// Whether a line charges for a quantity at a price, which no discount does, whatever it is called:
/// a discount tier is a price.
bool is_priced(const InvoiceLine& line) {
  return line.quantity && line.unit_price && line.amount && line.quantity->digits() > 0 &&
         line.unit_price->digits() > 0 && line.amount->digits() > 0;
}

InvoiceLine read_line(MoneyFields& fields) {
  InvoiceLine line;
  line.description = fields
                         .text({"productName", "product_name", "description", "ProductName"},
                               MoneyFields::kLongestText)
                         .value_or("");
  line.unit = fields.text({"unit", "Unit"}).value_or("");
  line.quantity = fields.decimal({"quantity", "Quantity"});
  line.unit_price = fields.decimal({"unitPrice", "unit_price", "UnitPrice"});
  line.amount = fields.decimal({"amount", "Amount"});
  line.discount = fields.decimal({"discount", "Discount"});
  const LineKind by_unit = is_priced(line) ? line_kind("", line.unit) : LineKind::other;
  line.kind =
      fields.choice({"product", "kind"}, model::kLineKinds,
                    by_unit == LineKind::other || line_kind(line.description, "") == LineKind::tax
                        ? line_kind(line.description, line.unit)
                        : by_unit);
  line.app_id = fields.text({"appId", "app_id", "AppId"});
  line.deployment_id = fields.deployment_id({"deploymentId", "deployment_id", "DeploymentId"});
  line.region = fields.text({"region", "Region"});
  if (!line.quantity && !line.amount) {
    fields.note("", "a line without quantity and amount");
  }
  return line;
}

/// The month that the vendor writes as two doubles; absent when they are not one.
std::optional<std::string> month_of(MoneyFields& fields) {
  const auto year = fields.decimal({"year", "Year"});
  const auto month = fields.decimal({"month", "Month"});
  const auto y = year ? whole(*year) : std::nullopt;
  const auto m = month ? whole(*month) : std::nullopt;
  if (!y || !m || *y < 1970 || *y > 9999 || *m < 1 || *m > 12) {
    return std::nullopt;
  }
  return base::format_month({static_cast<int>(*y), static_cast<unsigned>(*m), 1});
}

void read_items(const JsonTree& list, const std::string& pointer, Invoice& invoice,
                std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    MoneyFields fields(list.items[i], pointer + '/' + std::to_string(i), problems);
    invoice.lines.push_back(read_line(fields));
  }
}

const JsonTree* items_of(const JsonTree& object) {
  const JsonTree* const items = object.find("invoiceItems");
  return items != nullptr ? items : object.find("items");
}

/// The vendor's usage limits: what it counted, without a price.
void read_consumed(MoneyFields& fields, Invoice& invoice) {
  if (const auto hours = fields.decimal({"monthlyProcessVcpuHoursConsumed"})) {
    InvoiceLine line;
    line.kind = LineKind::compute;
    line.description = "monthlyProcessVcpuHoursConsumed";
    line.unit = "vCPU hours";
    line.quantity = hours;
    invoice.lines.push_back(std::move(line));
  }
}

/// Which invoice a note corrects. One that has a name of its own may name that as its invoice.
void read_correction(MoneyFields& fields, const JsonTree& object, Invoice& invoice) {
  invoice.corrects =
      fields.text({"corrects", "correctsInvoice", "correctsInvoiceId", "originalInvoice",
                   "originalInvoiceId", "original_invoice_id", "creditNoteFor"});
  for (const char* const name : {"invoiceId", "invoice_id", "invoice"}) {
    const JsonTree* const named = object.find(name);
    if (!invoice.corrects && object.find("id") != nullptr && named != nullptr &&
        named->kind == JsonTree::Kind::text && named->text != object.find("id")->text) {
      invoice.corrects = fields.text({name});
    }
  }
  if (invoice.corrects && invoice.corrects->empty()) {
    invoice.corrects.reset();
  }
  if (invoice.corrects) {
    std::string type = fields.text({"type", "documentType", "object", "kind"}).value_or("");
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    invoice.takes_off = type.find("credit") != std::string::npos;
  }
}

Invoice read_object(const JsonTree& object, const std::string& pointer, const Given& given,
                    std::vector<Problem>& problems) {
  MoneyFields fields(object, pointer, problems);
  Invoice invoice;
  // What the user says counts, so what the document says in its place need not be right.
  if (!given.invoice_id) {
    invoice.invoice_id = fields.text({"id", "invoiceId", "invoice_id", "Id"}).value_or("");
  }
  read_correction(fields, object, invoice);
  invoice.status = fields.text({"status", "Status"}).value_or("");
  if (!given.currency) {
    invoice.currency = fields.text({"currency"}).value_or(invoice.currency);
  }
  const auto named = object.find("month");
  if (named != nullptr && named->kind == JsonTree::Kind::text && is_month(named->text)) {
    invoice.month = named->text;
  } else if (!given.month) {
    invoice.month = month_of(fields);
  }
  invoice.amount_due = fields.decimal({"amountDue", "amount_due", "AmountDue"});
  invoice.due_at_ms = fields.instant({"dueDate", "due_date", "DueDate"});
  if (const JsonTree* const items = items_of(object)) {
    read_items(*items, pointer + "/invoiceItems", invoice, problems);
  }
  read_consumed(fields, invoice);
  if (!invoice.amount_due && invoice.lines.empty()) {
    fields.note("", "neither amountDue nor lines: not an invoice");
  }
  return invoice;
}

/// The currency in which the amounts of a row are written; absent when they do not show it.
std::optional<std::string> currency_of_amounts(MoneyFields& fields) {
  for (const char* const name : {"amount", "unit_price", "discount"}) {
    const JsonTree* const cell = fields.child({name});
    if (std::string code = cell == nullptr ? "" : currency_of(cell->text); !code.empty()) {
      return code;
    }
  }
  return std::nullopt;
}

void read_currency(MoneyFields& fields, bool is_first, Invoice& invoice) {
  auto currency = fields.text({"currency"});
  currency = currency ? currency : currency_of_amounts(fields);
  if (currency && !is_first && *currency != invoice.currency) {
    fields.note("currency", "an invoice has one currency (" + invoice.currency + " above, " +
                                *currency + " here); --currency says which");
  }
  invoice.currency = currency.value_or(invoice.currency);
}

void read_month(MoneyFields& fields, Invoice& invoice) {
  const auto month = fields.text({"month"});
  if (month && !is_month(*month)) {
    fields.note("month", "not a month like 2024-11 (" + *month + "); --month says which");
  } else if (month && invoice.month && *invoice.month != *month) {
    fields.note("month", "an invoice is of one month (" + *invoice.month + " above, " + *month +
                             " here); import each month by a name of its own (--id)");
  }
  invoice.month = month ? month : invoice.month;
}

void read_corrects(MoneyFields& fields, bool is_first, Invoice& invoice) {
  const auto corrects = fields.text({"corrects"});
  if (!is_first && corrects != invoice.corrects) {
    fields.note("corrects", "a note corrects one invoice, and all its rows name it");
  }
  invoice.corrects = corrects;
}

/// Rows of a CSV; those of one invoice_id are its lines, and with --id all are. What the user says
/// counts, so what stands in its column need not be right.
void read_rows(const JsonTree& table, const Given& given, MoneyDocument<Invoice>& document) {
  for (const JsonTree& row : table.items) {
    MoneyFields fields(row, "", document.problems);
    static_cast<void>(fields.child({"invoice_id", "month", "currency"}));  // known, if not read
    const std::string id =
        given.invoice_id ? *given.invoice_id : fields.text({"invoice_id"}).value_or("");
    const auto known = std::find_if(document.items.begin(), document.items.end(),
                                    [&](const Invoice& one) { return one.invoice_id == id; });
    const bool is_first = known == document.items.end();
    Invoice& invoice = is_first ? document.items.emplace_back() : *known;
    invoice.invoice_id = id;
    if (!given.currency) {
      read_currency(fields, is_first, invoice);
    }
    if (!given.month) {
      read_month(fields, invoice);
    }
    read_corrects(fields, is_first, invoice);
    fields.expect_currency(given.currency.value_or(invoice.currency));
    invoice.lines.push_back(read_line(fields));
    fields.refuse_others();
  }
}

bool is_line(const JsonTree& object) {
  return object.find("productName") != nullptr || object.find("unitPrice") != nullptr;
}

void read_tree(const JsonTree& root, const Given& given, MoneyDocument<Invoice>& document) {
  if (root.kind != JsonTree::Kind::array) {
    if (is_line(root)) {
      MoneyFields fields(root, "", document.problems);
      document.items.emplace_back().lines.push_back(read_line(fields));
    } else {
      document.items.push_back(read_object(root, "", given, document.problems));
    }
  } else if (!root.items.empty() && !root.items[0].text.empty()) {
    read_rows(root, given, document);
  } else if (!root.items.empty() && is_line(root.items[0])) {
    read_items(root, "", document.items.emplace_back(), document.problems);
  } else {
    for (std::size_t i = 0; i < root.items.size(); ++i) {
      document.items.push_back(
          read_object(root.items[i], '/' + std::to_string(i), given, document.problems));
    }
  }
}

}  // namespace

LineKind line_kind(std::string_view description, std::string_view unit) {
  const Word* const known = word_in(description, unit);
  return known == nullptr ? LineKind::other : known->kind;
}

std::string_view line_word(std::string_view description, std::string_view unit) {
  const Word* const known = word_in(description, unit);
  return known == nullptr ? std::string_view() : std::string_view(known->word);
}

MoneyDocument<Invoice> read_invoices(std::string_view bytes, const Given& given) {
  MoneyDocument<Invoice> document;
  read_tree(read_money(bytes), given, document);
  for (Invoice& invoice : document.items) {
    invoice.invoice_id = given.invoice_id.value_or(invoice.invoice_id);
    invoice.month = given.month ? given.month : invoice.month;
    invoice.currency = given.currency.value_or(invoice.currency);
    if (invoice.invoice_id.empty()) {
      document.problems.push_back({"", "it names no invoice; give --id"});
    }
  }
  if (document.items.empty()) {
    document.problems.push_back({"", "no invoice, and no line of one"});
  }
  if (!document.problems.empty()) {
    document.items.clear();
  }
  return document;
}

}  // namespace fleetmeter::decode
