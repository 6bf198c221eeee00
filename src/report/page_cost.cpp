#include "fleetmeter/text.hpp"
#include "report/html_table.hpp"
#include "report/page_parts.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

/// Whether more can have been sent than the upper bounds hold.
bool is_open(const Facts& facts) {
  return facts.totals.open_processes > 0 || facts.unseen_ms > 0;
}

Bounded<Int128> together(const CostOf& cost) {
  return cost.compute + cost.egress;
}

std::string amount_cells(const CostOf& cost, const Money& money, bool open) {
  const Bounded<Int128> all = together(cost);
  const auto one = [&](Int128 minor, const char* more) {
    return "<td class=\"n\">" + html(more + amount(minor, money)) + "</td>";
  };
  return one(cost.compute.point, "") + one(cost.egress.point, "") + one(all.point, "") +
         one(all.lo, "") + one(all.hi, open || cost.open_processes > 0 ? "> " : "");
}

std::string cost_table(const Facts& facts, const std::string& caption,
                       const std::vector<CostOf>& costs, bool by_app) {
  const Money& money = *facts.money;
  const std::string lead = by_app ? "<td></td>" : "";
  const bool open = facts.unseen_ms > 0;
  std::string rows;
  for (const CostOf& one : costs) {
    rows += "<tr>" + (by_app ? "<td>" + html(one.app_id) + "</td>" : "") + "<th scope=\"row\">" +
            html(name_of(one.name, one.parts, by_app ? "deployment" : "region")) + "</th>" +
            amount_cells(one, money, open) + "</tr>\n";
  }
  if (money.rounding) {
    rows += "<tr>" + lead + "<th scope=\"row\">(rounding each line once)</th>" +
            amount_cells(*money.rounding, money, false) + "</tr>\n";
  }
  const bool is_cut = !costs.empty() && costs.back().parts > 1;
  return table_of_rows(
      caption,
      caption + (is_cut ? ", the dearest first; cost.csv has all." : ", the dearest first."),
      (by_app ? std::string("<th>App</th><th>Deployment</th>") : std::string("<th>Region</th>")) +
          "<th class=\"n\">Compute</th><th class=\"n\">Egress</th><th "
          "class=\"n\">Together</th><th class=\"n\">at least</th><th class=\"n\">at most</th>",
      rows,
      "<tr>" + lead + "<th scope=\"row\">All</th>" + amount_cells(money.total, money, open) +
          "</tr>");
}

std::string invoice_section(const InvoiceSaid& said) {
  return "<h2 id=\"invoice\">Invoice</h2>\n<p>" + html(said.sentence) + "</p>\n" +
         html_table(invoice_table(said), "invoice.csv");
}

}  // namespace

Table invoice_table(const InvoiceSaid& said) {
  return picked(said.lines, {"product", "app_id", "deployment_id", "region", "description",
                             "quantity_invoiced", "quantity", "unit", "amount_invoiced", "amount",
                             "amount_lo", "amount_hi", "status", "explained_by"});
}

std::string cost_head(const Facts& facts) {
  const Money& money = *facts.money;
  const Bounded<Int128> all = together(money.total);
  std::string below = soft(bounds_text(
                          all, [&](Int128 minor) { return amount(minor, money); }, is_open(facts),
                          facts.unseen_ms == 0)) +
                      soft("compute " + amount(money.total.compute.point, money) + ", egress " +
                           amount(money.total.egress.point, money));
  for (const Unpriced& one : money.unpriced) {
    below += soft(counted(one.processes, "process") +
                  " without a price: " + meaning_of_status(one.status));
  }
  if (money.before) {
    below += change_line(facts, all.point, *money.before);
  }
  if (money.invoice) {
    below += "<p class=\"soft\"><a href=\"#invoice\">" + html(money.invoice->sentence) + "</a></p>";
  }
  return head("Cost", amount(all.point, money), "", below);
}

std::string cost_sections(const Facts& facts) {
  const Money& money = *facts.money;
  std::string all = "<h2>Cost</h2>\n<p class=\"soft\">At the prices of the rate card " +
                    html(money.rates) + ", by the policy " + html(money.policy) + " (" +
                    html(money.summary) + ").</p>\n" +
                    cost_table(facts, "Cost per region", money.regions, false) +
                    cost_table(facts, "Cost per deployment", money.deployments, true);
  return all + (money.invoice ? invoice_section(*money.invoice) : "");
}

std::string invoice_command(const Facts& facts) {
  std::string command = "reconcile";
  for (const std::string& invoice_id : facts.money->invoice->invoice_ids) {
    command += ' ' + shell_word(invoice_id);
  }
  return command + facts.money->command +
         (facts.period.tz == "UTC" ? "" : " --tz " + facts.period.tz) + " --format csv";
}

}  // namespace fleetmeter::report
