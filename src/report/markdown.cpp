#include <sstream>

#include "base/time_text.hpp"
#include "report/html_table.hpp"
#include "report/known.hpp"
#include "report/page.hpp"
#include "report/page_parts.hpp"
#include "report/people.hpp"
#include "report/restated.hpp"

namespace fleetmeter::report {

namespace {

Table shares_of(const std::vector<Share>& shares, const char* kind) {
  Table table;
  table.columns({kind, "billable", "egress", "open_processes"});
  for (const Share& one : shares) {
    table.row({one.parts > 1 ? name_of("", one.parts, kind) : one.name,
               bounded_hours(one.billable_ms, true),
               bounded_bytes(one.egress_bytes, one.open_processes > 0), one.open_processes});
  }
  return table;
}

Table flags_of(const Facts& facts) {
  Table table;
  table.columns({"flag", "processes", "meaning", "example"});
  for (const FlagCount& flag : facts.flags) {
    table.row({flag.flag, flag.processes, std::string(meaning(flag.flag)), flag.example});
  }
  return table;
}

Table costs_of(const Money& money, const std::vector<CostOf>& costs, const char* kind, bool by_app,
               bool more_is_possible) {
  Table table;
  table.names = {by_app ? "deployment_id" : kind, "compute", "egress", "together"};
  if (by_app) {
    table.names.insert(table.names.begin(), "app_id");
  }
  const auto add = [&](const std::string& app, const std::string& label, const CostOf& one,
                       bool open) {
    std::vector<Cell> cells{label, amount(one.compute.point, money),
                            amount(one.egress.point, money),
                            bounded_amount(one.compute + one.egress, money, open)};
    if (by_app) {
      cells.insert(cells.begin(), app);
    }
    table.row(cells);
  };
  for (const CostOf& one : costs) {
    add(one.app_id, one.parts > 1 ? name_of("", one.parts, kind) : one.name, one,
        more_is_possible || one.open_processes > 0);
  }
  if (money.rounding) {
    add("", "(rounding each line once)", *money.rounding, false);
  }
  return table;
}

void write_cost(const Facts& facts, std::ostream& out) {
  const Money& money = *facts.money;
  const bool open = facts.unseen_ms > 0;
  out << "\n## Cost\n\nAt the prices of the rate card " << money.rates << ", by the policy "
      << money.policy << " (" << money.summary << ").\n\n";
  costs_of(money, money.regions, "region", false, open)
      .give_to(*make_writer(Format::markdown, out));
  out << '\n';
  costs_of(money, money.deployments, "deployment", true, open)
      .give_to(*make_writer(Format::markdown, out));
  for (const Unpriced& one : money.unpriced) {
    out << '\n'
        << thousands(one.processes)
        << " processes without a price: " << meaning_of_status(one.status) << ".\n";
  }
}

void write_invoice(const InvoiceSaid& said, std::ostream& out) {
  out << "\n## Invoice\n\n" << said.sentence << "\n\n";
  invoice_table(said).give_to(*make_writer(Format::markdown, out));
}

Table widths_of(const Facts& facts) {
  Table table;
  table.columns({"flag", "processes", "between the bounds", "of one at most", "meaning", "widest"});
  for (const Width& one : facts.widths) {
    table.row({one.flag, one.processes, hours(one.width_ms), hours(one.most_ms),
               std::string(meaning(one.flag)), one.example});
  }
  return table;
}

}  // namespace

std::string markdown(const Facts& facts) {
  std::ostringstream out;
  const Totals& now = facts.totals;
  const auto against = [&](Int128 value, Int128 before) {
    return facts.before && facts.is_comparable
               ? ", " + change(value, before) + " against " + facts.before_label
               : "";
  };
  const Totals before = facts.before.value_or(Totals());
  out << "# " << facts.period.label << "\n\n";
  if (const std::string known = known_text(facts); !known.empty()) {
    out << "Not over yet: " << known << ".\n\n";
  }
  if (!facts.moved.empty()) {
    out << "Restated: " << facts.moved << ".\n\n";
  }
  if (facts.sealed) {
    out << sealed_text(facts) << "\n\n```\n" << facts.sealed->checkpoint << "```\n\n";
  }
  if (facts.money) {
    const Money& money = *facts.money;
    const CostOf& total = money.total;
    out << "Cost: "
        << bounded_amount(total.compute + total.egress, money,
                          now.open_processes > 0 || facts.unseen_ms > 0)
        << (money.before ? against((total.compute + total.egress).point, *money.before) : "")
        << ".  \n";
  }
  const std::string wide = wide_because(facts.widths);
  out << "Billable: " << bounded_hours(now.billable_ms, facts.unseen_ms == 0)
      << against(now.billable_ms.point, before.billable_ms.point)
      << (wide.empty() ? ".  \nEgress: " : ".  \nBounds: " + wide + ".  \nEgress: ")
      << bounded_bytes(now.egress_bytes, now.open_processes > 0 || facts.unseen_ms > 0)
      << against(now.egress_bytes.point, before.egress_bytes.point)
      << ".  \nProcesses: " << thousands(now.processes) << ", peak "
      << thousands(facts.concurrency.peak)
      << " at once.  \nCoverage: " << coverage_text(facts.gap_count, facts.unpolled_ms)
      << (facts.gap_count == 0 ? "" : ", together " + base::format_duration(facts.uncovered_ms))
      << (facts.unpolled_ms == 0 ? "" : "; " + unpolled_text(facts.unpolled_ms))
      << (facts.unseen_ms == facts.unpolled_ms ? "" : "; " + unseen_text(facts.unseen_ms))
      << ".\n\n## Regions\n\n";
  shares_of(facts.regions, "region").give_to(*make_writer(Format::markdown, out));
  out << "\n## Apps\n\n";
  shares_of(facts.apps, "app").give_to(*make_writer(Format::markdown, out));
  if (facts.money) {
    write_cost(facts, out);
    if (facts.money->invoice) {
      write_invoice(*facts.money->invoice, out);
    }
  }
  if (!facts.widths.empty()) {
    out << "\n## Why the bounds lie apart\n\n";
    for (const Reason& one : reasons_of(facts)) {
      out << "- " << one.name << ": " << one.text << '\n';
    }
    out << '\n';
    widths_of(facts).give_to(*make_writer(Format::markdown, out));
  }
  out << "\n## Anomalies\n\n";
  flags_of(facts).give_to(*make_writer(Format::markdown, out));
  out << "\nIn " << facts.period.tz << ", as of " << base::format_utc(facts.as_of_ms) << "; "
      << thousands(facts.snapshots) << " snapshots, together " << facts.store_digest
      << "; fleetmeter " << facts.version << ".\n";
  return out.str();
}

}  // namespace fleetmeter::report
