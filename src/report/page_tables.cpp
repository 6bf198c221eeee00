#include "report/page_tables.hpp"

#include "base/time_text.hpp"
#include "fleetmeter/text.hpp"
#include "report/known.hpp"
#include "report/page_parts.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::size_t kMostProcesses = 10;

bool has_before(const Facts& facts) {
  return facts.before && facts.is_comparable;
}

std::string before_cells(const Facts& facts, Int128 now, Int128 before) {
  return !has_before(facts) ? ""
                            : cell(hours(before), thousands(before) + " ms") + "<td class=\"n\">" +
                                  html(change(now, before)) + "</td>";
}

std::string share_rows(const Facts& facts, const std::vector<Share>& shares,
                       const std::string& kind) {
  std::string all;
  for (const Share& one : shares) {
    all += "<tr><th scope=\"row\">" + html(name_of(one.name, one.parts, kind)) + "</th>" +
           ms_cells(one.billable_ms) + byte_cells(one.egress_bytes, one.open_processes > 0) +
           before_cells(facts, one.billable_ms.point, one.billable_ms_before) + "</tr>\n";
  }
  return all;
}

std::string share_table(const Facts& facts, const std::string& title,
                        const std::vector<Share>& shares, const std::string& kind) {
  if (shares.empty()) {
    return "";
  }
  const Totals& now = facts.totals;
  const bool is_cut = !shares.empty() && shares.back().parts > 1;
  const std::string caption =
      "The largest first" +
      (is_cut ? "; billing.csv and egress.csv have every " + kind : std::string()) +
      (has_before(facts) ? ". Before: billable in " + facts.before_label : "") + ".";
  const std::string head =
      "<th>" + title + "</th>" + kBoundedHeads +
      (has_before(facts) ? "<th class=\"n\">Before</th><th class=\"n\">Change</th>" : "");
  const std::string foot = "<tr><th scope=\"row\">All</th>" + ms_cells(now.billable_ms) +
                           byte_cells(now.egress_bytes, now.open_processes > 0) +
                           (has_before(facts) ? before_cells(facts, now.billable_ms.point,
                                                             facts.before->billable_ms.point)
                                              : "") +
                           "</tr>";
  return "<h2>" + title + "s</h2>\n" +
         table_of_rows(title + "s", caption, head, share_rows(facts, shares, kind), foot);
}

std::string mover_rows(const std::vector<Share>& movers, const char* kind) {
  std::string all;
  for (const Share& one : movers) {
    const Int128 by = one.billable_ms.point - one.billable_ms_before;
    all += "<tr><td>" + std::string(kind) + "</td><th scope=\"row\">" +
           html(name_of(one.name, 1, kind)) + "</th>" +
           cell(hours(one.billable_ms_before), thousands(one.billable_ms_before) + " ms") +
           cell(hours(one.billable_ms.point), thousands(one.billable_ms.point) + " ms") +
           cell((by > 0 ? "+" : "") + hours(by), thousands(by) + " ms") + "<td class=\"n\">" +
           html(change(one.billable_ms.point, one.billable_ms_before)) + "</td>" +
           cell(bytes(one.egress_bytes_before), thousands(one.egress_bytes_before) + " bytes") +
           cell(bytes(one.egress_bytes.point), thousands(one.egress_bytes.point) + " bytes") +
           "<td class=\"n\">" + html(change(one.egress_bytes.point, one.egress_bytes_before)) +
           "</td></tr>\n";
  }
  return all;
}

std::string explain(const Facts& facts, const std::string& process_id) {
  return "<td><code>fleetmeter explain" + html(facts.command) + ' ' + html(shell_word(process_id)) +
         "</code></td>";
}

std::string width_table(const Facts& facts) {
  std::string rows;
  for (const Width& one : facts.widths) {
    rows += "<tr><td>" + html(one.flag) + "</td><td class=\"n\">" + thousands(one.processes) +
            "</td>" + cell(hours(one.width_ms), thousands(one.width_ms) + " ms") +
            cell(hours(one.most_ms), thousands(one.most_ms) + " ms") + "<td class=\"words\">" +
            html(meaning(one.flag)) + "</td>" + explain(facts, one.example) + "</tr>\n";
  }
  return rows.empty()
             ? ""
             : table_of_rows("Why the bounds of billable time lie apart",
                             "Of billable time. Each process that somebody tells the end of "
                             "narrows the bounds.",
                             "<th>Flag</th><th class=\"n\">Processes</th><th class=\"n\">Between "
                             "the bounds</th><th class=\"n\">of one at most</th><th>What it "
                             "means</th><th>See the widest</th>",
                             rows, "");
}

}  // namespace

std::string slot_table(const Facts& facts) {
  std::string rows;
  for (std::size_t i = 0; i < facts.slots.size(); ++i) {
    const Slot& slot = facts.slots[i];
    if (slot.from_ms < known_until(facts)) {
      rows += "<tr><th scope=\"row\">" + html(slot.label) + "</th>" +
              ms_cells(facts.billable_by_slot[i]) + byte_cells(facts.egress_by_slot[i], false) +
              "</tr>\n";
    }
  }
  const std::string title = facts.period.is_month ? "Day by day" : "Hour by hour";
  return "<details>\n<summary>" + title + ", in numbers</summary>\n" +
         table_of_rows(title, "",
                       std::string(facts.period.is_month ? "<th>Day</th>" : "<th>Hour</th>") +
                           std::string(kBoundedHeads),
                       rows, "") +
         "</details>\n";
}

std::string region_table(const Facts& facts) {
  return share_table(facts, "Region", facts.regions, "region");
}

std::string app_table(const Facts& facts) {
  return share_table(facts, "App", facts.apps, "app");
}

std::string mover_table(const Facts& facts) {
  const std::string rows =
      mover_rows(facts.moved_regions, "region") + mover_rows(facts.moved_apps, "app");
  if (rows.empty()) {
    return "";
  }
  const std::string before = facts.before_label;
  return "<h2>What changed most against " + html(before) + "</h2>\n" +
         table_of_rows("What changed most",
                       "The largest changes of billable time, up or down. Before: " + before +
                           ", now: " + facts.period.label + ".",
                       "<th></th><th>Name</th><th class=\"n\">Billable before</th><th "
                       "class=\"n\">now</th><th class=\"n\">Change</th><th class=\"n\"></th><th "
                       "class=\"n\">Egress before</th><th class=\"n\">now</th><th "
                       "class=\"n\">Change</th>",
                       rows, "");
}

std::string process_section(const Facts& facts) {
  const ProcessTable& table = facts.processes;
  std::string rows;
  for (const ProcessTable::Row& one : table.largest(kMostProcesses)) {
    rows += "<tr><th scope=\"row\"><code>" + html(one.process_id) + "</code></th><td>" +
            html(table.text(one.app_id)) + "</td><td>" + html(table.text(one.region)) + "</td>" +
            cell(hours(one.billable_ms.point), thousands(one.billable_ms.point) + " ms") +
            cell(hours(one.billable_ms.lo), thousands(one.billable_ms.lo) + " ms") +
            cell(hours(one.billable_ms.hi), thousands(one.billable_ms.hi) + " ms") +
            cell((one.open ? "> " : "") + bytes(one.egress_bytes.point),
                 thousands(one.egress_bytes.point) + " bytes") +
            "<td>" + html(one.rule) + "</td></tr>\n";
  }
  if (rows.empty()) {
    return "";
  }
  return "<h2>Largest processes</h2>\n" +
         table_of_rows(
             "Largest processes",
             table.size() <= kMostProcesses
                 ? std::string("By billable time.")
                 : "By billable time; processes.csv has all " +
                       thousands(static_cast<std::int64_t>(table.size())) + ".",
             "<th>Process</th><th>App</th><th>Region</th><th class=\"n\">Billable</th><th "
             "class=\"n\">at least</th><th class=\"n\">at most</th><th "
             "class=\"n\">Egress</th><th>Its end</th>",
             rows, "");
}

std::string reason_section(const Facts& facts) {
  std::string items;
  for (const Reason& one : reasons_of(facts)) {
    items += "<li><strong>" + html(one.name) + ".</strong> " + html(one.text) + "</li>\n";
  }
  return items.empty() ? ""
                       : "<h2 id=\"wide\">Why the bounds lie apart</h2>\n<ul>\n" + items +
                             "</ul>\n" + width_table(facts);
}

std::string anomaly_section(const Facts& facts) {
  std::string rows;
  for (const FlagCount& flag : facts.flags) {
    rows += "<tr><td>" + html(flag.flag) + "</td><td class=\"n\">" + thousands(flag.processes) +
            "</td><td class=\"words\">" + html(meaning(flag.flag)) + "</td>" +
            explain(facts, flag.example) + "</tr>\n";
  }
  return "<h2>Anomalies</h2>\n" +
         (rows.empty() ? std::string("<p>None.</p>\n")
                       : table_of_rows("Anomalies", "",
                                       "<th>Flag</th><th class=\"n\">Processes</th><th>What it "
                                       "means</th><th>See one</th>",
                                       rows, ""));
}

}  // namespace fleetmeter::report
