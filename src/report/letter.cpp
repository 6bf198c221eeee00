#include "report/letter.hpp"

#include <algorithm>
#include <sstream>

#include "base/ratio.hpp"
#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "report/html_table.hpp"
#include "report/page.hpp"
#include "report/people.hpp"
#include "report/plot.hpp"

namespace fleetmeter::report {

namespace {

using base::Ratio;

std::string csv(const Table& table) {
  std::ostringstream out;
  table.give_to(*make_writer(Format::csv, out));
  return std::move(out).str();
}

std::string markdown(const Table& table) {
  std::ostringstream out;
  table.give_to(*make_writer(Format::markdown, out));
  return std::move(out).str();
}

/// The rows with the largest integers in a column first.
Table largest_first(Table table, const std::string& name) {
  const auto column = static_cast<std::size_t>(
      std::find(table.names.begin(), table.names.end(), name) - table.names.begin());
  const auto value = [&](const std::vector<Cell>& row) {
    const auto* const number = std::get_if<std::int64_t>(&row[column]);
    return number == nullptr ? 0 : *number;
  };
  if (column < table.names.size()) {
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [&](const auto& a, const auto& b) { return value(a) > value(b); });
  }
  return table;
}

std::string section(const std::string& title, const std::string& body) {
  return "<section>\n<h2>" + html(title) + "</h2>\n" + body + "</section>\n";
}

std::string paragraph(const std::string& text) {
  return "<p>" + html(text) + "</p>\n";
}

/// The steps from the invoiced amount to the metered one, each a bar from the balance before it to
/// its own.
std::string waterfall_chart(const Letter& letter) {
  const auto& steps = letter.said.waterfall;
  constexpr std::int64_t kRow = 300;  // tenths of a pixel
  constexpr std::int64_t kLeft = 2400;
  constexpr std::int64_t kWidth = 3600;
  Ratio lowest;
  Ratio highest;
  for (const ReconciliationStep& step : steps) {
    lowest = std::min(lowest, Ratio(step.balance));
    highest = std::max(highest, Ratio(step.balance));
  }
  if (steps.empty() || lowest == highest) {
    return "";
  }
  const auto x = [&](const Ratio& value) {
    const Ratio share = (value - lowest) / (highest - lowest);
    return kLeft + static_cast<std::int64_t>((share * Ratio(kWidth)).round(0).digits());
  };
  const std::int64_t height = kRow * static_cast<std::int64_t>(steps.size());
  std::string out = "<svg viewBox=\"0 0 720 " + px(height) +
                    "\" role=\"img\" aria-label=\"From the invoiced amount to the metered one\">\n";
  Ratio before;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const ReconciliationStep& step = steps[i];
    const bool is_whole = i == 0 || i + 1 == steps.size();
    const Ratio from = is_whole ? Ratio() : before;
    const Ratio to(step.balance);
    const std::int64_t left = std::min(x(from), x(to));
    const std::int64_t wide = std::max<std::int64_t>(10, std::max(x(from), x(to)) - left);
    const std::int64_t top = kRow * static_cast<std::int64_t>(i);
    const std::string name = (step.product.empty() ? "" : step.product + ": ") + step.step;
    out += "<text class=\"end\" x=\"" + px(kLeft - 80) + "\" y=\"" + px(top + 190) + "\">" +
           html(name) + "</text><rect class=\"" + (is_whole ? "bar" : "band") + "\" x=\"" +
           px(left) + "\" y=\"" + px(top + 60) + "\" width=\"" + px(wide) +
           "\" height=\"18\"></rect><text x=\"" + px(kLeft + kWidth + 80) + "\" y=\"" +
           px(top + 190) + "\">" + html(to_text(is_whole ? step.balance : step.amount)) +
           "</text>\n";
    before = to;
  }
  return "<div class=\"chart wide\">" + out + "</svg></div>\n";
}

std::string file_name(const LetterDocument& document, std::size_t number) {
  std::string name = std::to_string(number) + '-' + document.kind;
  const std::size_t first = document.raw.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_json =
      first != std::string::npos && (document.raw[first] == '{' || document.raw[first] == '[');
  return "documents/" + name + (is_json ? ".json" : ".csv");
}

Table documents_table(const Letter& letter) {
  Table table;
  table.columns({"file", "kind", "name", "source", "sha256"});
  for (std::size_t i = 0; i < letter.documents.size(); ++i) {
    const LetterDocument& one = letter.documents[i];
    table.row({file_name(one, i + 1), one.kind, one.name, one.source, one.sha256});
  }
  return table;
}

const std::vector<std::string>& how_to_check() {
  static const std::vector<std::string> kSteps{
      "sha256sum -c manifest.sha256 shows that nothing in this folder was changed.",
      "snapshots.csv names, for every process, the documents it is known from: the file, the byte "
      "where the document begins (after decompression), its length and its SHA-256. In the "
      "archive, "
      "tail -c +$((byte_offset + 1)) FILE | head -c BYTE_LENGTH | sha256sum gives that digest, and "
      "without the last command the vendor's own words.",
      "processes.csv has a row for each process of the month: from when to when it was billable, "
      "by "
      "which rule, and how many bytes it sent, at least and at most. Its billable_ms, times the "
      "vCPUs of its deployment (documents/), divided by 3,600,000, add up to the quantity of "
      "compute; its egress_bytes to that of egress.",
      "The quantities, times the prices of the contract, are the metered amounts of "
      "comparison.csv."};
  return kSteps;
}

/// By which other readings of the contract the vendor's figures come out.
std::string explanations(const Reconciliation& said) {
  std::string out;
  for (const ReconciliationLine& line : said.lines) {
    if (!line.explained_by.empty()) {
      out += paragraph("The invoiced figure of " + line.product +
                       " comes out by another reading of the contract: " + line.explained_by + '.');
    }
  }
  return out;
}

std::string page_of(const Letter& letter) {
  const Reconciliation& said = letter.said;
  std::string steps;
  for (const std::string& step : how_to_check()) {
    steps += "<li>" + html(step) + "</li>\n";
  }
  const std::vector<std::string> compared{"product",           "app_id",
                                          "deployment_id",     "region",
                                          "description",       "status",
                                          "amount_invoiced",   "amount",
                                          "amount_lo",         "amount_hi",
                                          "variance",          "unit",
                                          "quantity_invoiced", "quantity",
                                          "quantity_lo",       "quantity_hi",
                                          "unit_price",        "unit_price_invoiced"};
  const std::vector<std::string> covered{
      "app_id", "region",       "polls", "lists",   "first_poll_at_ms", "last_poll_at_ms",
      "gaps",   "uncovered_ms", "holes", "hole_ms", "unpolled_ms",      "seen_share"};
  return html_page(
      kLetterTitle + letter.invoice_id,
      "<main>\n<h1>Invoice " + html(letter.invoice_id) + ", " + html(letter.month) +
          "</h1>\n<p class=\"" + (said.agrees ? "big" : "big warn") + "\">" +
          html(verdict_name(said.verdict)) + "</p>\n" + paragraph(said.sentence) +
          section("The comparison",
                  html_table(picked(table_of(said.lines), compared), "comparison.csv") +
                      explanations(said)) +
          section("From the invoice to what was metered",
                  waterfall_chart(letter) +
                      html_table(told(table_of(said.waterfall)), "waterfall.csv")) +
          section("The invoice as it was sent, and how it was read",
                  html_table(told(letter.lines_as_sent), "invoice-lines.csv")) +
          section("How the vendor may have counted",
                  html_table(told(table_of(said.policies)), "policies.csv")) +
          section("The contract", paragraph("Prices: " + letter.rates + ".") +
                                      paragraph("Rules: " + letter.policy + ".") +
                                      html_table(documents_table(letter), "documents.csv")) +
          section("What was seen", html_table(picked(letter.coverage, covered), "coverage.csv")) +
          section(
              "The processes behind it",
              html_table(told(largest_first(letter.processes, "billable_ms")), "processes.csv")) +
          section("What this rests on", html_table(table_of(said.header), "header.csv")) +
          section("How to check it without this program", "<ol>\n" + steps + "</ol>\n") +
          "</main>\n");
}

std::string markdown_of(const Letter& letter) {
  const Reconciliation& said = letter.said;
  std::string out = "# Invoice " + letter.invoice_id + ", " + letter.month + "\n\n**" +
                    verdict_name(said.verdict) + "**\n\n" + said.sentence + "\n\n";
  const auto add = [&](const std::string& title, const Table& table, const std::string& file) {
    out += "## " + title + "\n\n" + markdown(told(table)) + "\nIn full: " + file + "\n\n";
  };
  add("The comparison", table_of(said.lines), "comparison.csv");
  add("From the invoice to what was metered", table_of(said.waterfall), "waterfall.csv");
  add("The invoice as it was sent, and how it was read", letter.lines_as_sent, "invoice-lines.csv");
  add("How the vendor may have counted", table_of(said.policies), "policies.csv");
  out += "## The contract\n\nPrices: " + letter.rates + ".\n\nRules: " + letter.policy + ".\n\n";
  add("Its documents", documents_table(letter), "documents.csv");
  add("What was seen", letter.coverage, "coverage.csv");
  out += "## How to check it without this program\n\n";
  for (const std::string& step : how_to_check()) {
    out += "1. " + step + '\n';
  }
  return out;
}

}  // namespace

std::map<std::string, std::string> files_of(const Letter& letter) {
  std::map<std::string, std::string> files{{"index.html", page_of(letter)},
                                           {"verdict.md", markdown_of(letter)},
                                           {"comparison.csv", csv(table_of(letter.said.lines))},
                                           {"waterfall.csv", csv(table_of(letter.said.waterfall))},
                                           {"policies.csv", csv(table_of(letter.said.policies))},
                                           {"header.csv", csv(table_of(letter.said.header))},
                                           {"invoice-lines.csv", csv(letter.lines_as_sent)},
                                           {"processes.csv", csv(letter.processes)},
                                           {"snapshots.csv", csv(letter.snapshots)},
                                           {"coverage.csv", csv(letter.coverage)},
                                           {"documents.csv", csv(documents_table(letter))}};
  for (std::size_t i = 0; i < letter.documents.size(); ++i) {
    files.emplace(file_name(letter.documents[i], i + 1), letter.documents[i].raw);
  }
  std::string manifest;
  for (const auto& [name, bytes] : files) {
    manifest += base::to_hex(base::as_bytes(base::sha256(bytes))) + "  " + name + '\n';
  }
  files.emplace("manifest.sha256", manifest);
  return files;
}

}  // namespace fleetmeter::report
