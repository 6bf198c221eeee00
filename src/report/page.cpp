#include "report/page.hpp"

#include <sstream>

#include "base/time_text.hpp"
#include "fleetmeter/text.hpp"
#include "report/chart.hpp"
#include "report/page_parts.hpp"
#include "report/people.hpp"
#include "report/restated.hpp"

namespace fleetmeter::report {

namespace {

std::string ms_cells(const Bounded<Int128>& value) {
  const auto one = [](Int128 ms) { return cell(hours(ms), thousands(ms) + " ms"); };
  return one(value.point) + one(value.lo) + one(value.hi);
}

std::string byte_cells(const Bounded<Int128>& value, bool open) {
  const auto one = [](Int128 size, const char* more) {
    return cell(more + bytes(size), thousands(size) + " bytes");
  };
  return one(value.point, "") + one(value.lo, "") + one(value.hi, open ? "> " : "");
}

std::string change_text(const Facts& facts, Int128 now, Int128 before) {
  return !facts.before          ? "nothing known of " + facts.before_label
         : !facts.is_comparable ? ""
                                : change(now, before) + " against " + facts.before_label;
}

std::string wide_link(const Facts& facts) {
  const std::string text = wide_because(facts.widths);
  return text.empty() ? "" : "<p class=\"soft\"><a href=\"#wide\">" + html(text) + "</a></p>";
}

std::string heads(const Facts& facts) {
  const Totals& now = facts.totals;
  const Totals none;
  const Totals& before = facts.before ? *facts.before : none;
  const bool open = now.open_processes > 0;
  std::string all = "<section class=\"heads\" aria-label=\"Headline\">\n";
  if (facts.money) {
    all += cost_head(facts);
  }
  all += head(
      "Billable time", hours(now.billable_ms.point), thousands(now.billable_ms.point) + " ms",
      soft(bounds_text(now.billable_ms, hours, false, facts.unseen_ms == 0)) + wide_link(facts) +
          soft(change_text(facts, now.billable_ms.point, before.billable_ms.point)));
  all += head("Egress", bytes(now.egress_bytes.point), thousands(now.egress_bytes.point) + " bytes",
              soft(bounds_text(now.egress_bytes, bytes, open, facts.unseen_ms == 0)) +
                  soft(change_text(facts, now.egress_bytes.point, before.egress_bytes.point)));
  std::string of_processes;
  if (open) {
    of_processes += soft(thousands(now.open_processes) + " without a last counter");
  }
  if (now.unmetered_processes > 0) {
    of_processes += soft(thousands(now.unmetered_processes) + " never said what they sent");
  }
  all += head("Processes", thousands(now.processes), "",
              soft(change_text(facts, now.processes, before.processes)) + of_processes);
  all += head("Coverage", coverage_text(facts.gap_count, facts.unpolled_ms), "",
              soft(facts.gap_count == 0 ? "no gap between polls while processes were alive"
                                        : "together " + base::format_duration(facts.uncovered_ms) +
                                              ", while processes were alive") +
                  soft(unpolled_text(facts.unpolled_ms)) +
                  soft(facts.unseen_ms == facts.unpolled_ms ? "" : unseen_text(facts.unseen_ms)) +
                  (facts.rejects == 0 ? "" : soft(counted(facts.rejects, "reject"))));
  return all + "</section>\n";
}

std::string chart(const std::string& title, const std::string& content) {
  return "<div class=\"chart\"><h3>" + html(title) + "</h3>\n" + content + "</div>\n";
}

std::string charts(const Facts& facts) {
  std::string all =
      "<h2>Over time</h2>\n<p class=\"soft\">Lines are what was metered, bands what "
      "is possible. Grey: no polls.</p>\n<section class=\"charts\">\n";
  all += chart("Billable hours", billable_by_slot_chart(facts));
  all += chart("Processes at once, peak " + thousands(facts.concurrency.peak),
               concurrency_chart(facts));
  all += chart("Billable hours per region", billable_by_region_chart(facts));
  all += "</section>\n<h2>Egress per region</h2>\n<section class=\"panels\">\n";
  return all + egress_by_region_chart(facts) + "</section>\n";
}

std::string region_table(const Facts& facts) {
  std::string all =
      "<h2>Regions</h2>\n<div class=\"scroll\"><table>\n<caption>Point to a number for the exact "
      "milliseconds or bytes.</caption>\n<thead><tr><th>Region</th><th "
      "class=\"n\">Billable</th><th "
      "class=\"n\">at least</th><th class=\"n\">at most</th><th class=\"n\">Egress</th><th "
      "class=\"n\">at least</th><th class=\"n\">at most</th></tr></thead>\n<tbody>\n";
  for (const RegionFacts& region : facts.regions) {
    all += "<tr><th scope=\"row\">" + html(region.region.empty() ? "(none)" : region.region) +
           "</th>" + ms_cells(region.billable_ms) +
           byte_cells(region.egress_bytes, region.open_processes > 0) + "</tr>\n";
  }
  const bool open = facts.totals.open_processes > 0;
  all += "</tbody>\n<tfoot><tr><th scope=\"row\">All</th>" + ms_cells(facts.totals.billable_ms) +
         byte_cells(facts.totals.egress_bytes, open) + "</tr></tfoot>\n";
  return all + "</table></div>\n";
}

std::string width_table(const Facts& facts) {
  if (facts.widths.empty()) {
    return "";
  }
  std::string all =
      "<h2 id=\"wide\">Why the bounds lie apart</h2>\n<div class=\"scroll\"><table>\n"
      "<caption>Of billable time. Each process that somebody tells the end of narrows "
      "them.</caption>\n<thead><tr><th>Flag</th><th class=\"n\">Processes</th><th "
      "class=\"n\">Between the bounds</th><th class=\"n\">of one at most</th><th>What it "
      "means</th><th>See the widest</th></tr></thead>\n<tbody>\n";
  for (const Width& one : facts.widths) {
    all += "<tr><td>" + html(one.flag) + "</td><td class=\"n\">" + thousands(one.processes) +
           "</td>" + cell(hours(one.width_ms), thousands(one.width_ms) + " ms") +
           cell(hours(one.most_ms), thousands(one.most_ms) + " ms") + "<td>" +
           html(meaning(one.flag)) + "</td><td><code>fleetmeter explain" + html(facts.command) +
           ' ' + html(shell_word(one.example)) + "</code></td></tr>\n";
  }
  return all + "</tbody>\n</table></div>\n";
}

std::string anomaly_table(const Facts& facts) {
  if (facts.flags.empty()) {
    return "<h2>Anomalies</h2>\n<p>None.</p>\n";
  }
  std::string all =
      "<h2>Anomalies</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>Flag</th><th "
      "class=\"n\">Processes</th><th>What it means</th><th>See one</th></tr></thead>\n<tbody>\n";
  for (const FlagCount& flag : facts.flags) {
    all += "<tr><td>" + html(flag.flag) + "</td><td class=\"n\">" + thousands(flag.processes) +
           "</td><td>" + html(meaning(flag.flag)) + "</td><td><code>fleetmeter explain" +
           html(facts.command) + ' ' + html(shell_word(flag.example)) + "</code></td></tr>\n";
  }
  return all + "</tbody>\n</table></div>\n";
}

std::string files(const Facts& facts) {
  const std::string window = facts.command;
  const auto item = [&](const char* file, const std::string& what, const std::string& command) {
    return "<li><a href=\"" + std::string(file) + "\">" + file + "</a>: " + html(what) +
           ". <code>fleetmeter " + html(command) + "</code></li>\n";
  };
  const std::string slot = facts.period.is_month ? "day" : "hour";
  return "<h2>Files</h2>\n<ul>\n" +
         item("billing.csv", "billable time by app, region, deployment and " + slot,
              "billing" + window + " --by app,region,deployment," + slot) +
         item("egress.csv", "what left, likewise",
              "egress" + window + " --by app,region,deployment," + slot) +
         item("processes.csv", "every process with both", "billing" + window + " --by process") +
         item("anomalies.csv", "flagged processes with their evidence", "anomalies" + window) +
         item("coverage.csv", "polls and gaps per app and region", "coverage" + window) +
         (facts.money ? item("cost.csv", "what it costs by app, region and deployment",
                             "cost" + window + facts.money->command + " --by app,region,deployment")
                      : "") +
         (facts.money && facts.money->invoice
              ? item("invoice.csv", "the invoice beside what was metered", invoice_command(facts))
              : "") +
         "<li><a href=\"report.json\">report.json</a>, <a href=\"report.md\">report.md</a>: this "
         "page for programs and for mail</li>\n<li><a href=\"manifest.json\">manifest.json</a>: "
         "the "
         "digest of each file</li>\n</ul>\n";
}

std::string footer(const Facts& facts) {
  return "<footer>\n<p>" + html(base::format_utc(facts.period.from_ms)) + " to " +
         html(base::format_utc(facts.period.to_ms)) + ", as of " +
         html(base::format_utc(facts.as_of_ms)) + "; " + thousands(facts.snapshots) +
         " snapshots known, together " + html(facts.store_digest) + "; fleetmeter " +
         html(facts.version) + ".</p>\n</footer>\n";
}

/// The lines of a text, for a part of a page that keeps them apart.
std::string html_lines(const std::string& text) {
  std::string all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    all += html(line) + '\n';
  }
  return all;
}

/// The seal of the month, with what it takes to check it.
std::string sealed_section(const Facts& facts) {
  return "<h2>Sealed</h2>\n<p>" + html(sealed_text(facts)) + "</p>\n<div class=\"scroll\"><pre>" +
         html_lines(facts.sealed->checkpoint) +
         "</pre></div>\n<p class=\"soft\"><code>fleetmeter verify " + html(facts.period.label) +
         "</code> works the seal out again.</p>\n";
}

}  // namespace

std::string page(const Facts& facts) {
  const Period& period = facts.period;
  std::string body =
      "<main>\n<p class=\"soft\"><a href=\"../index.html\">All reports</a></p>\n<h1>" +
      html(period.label) + "</h1>\n<p class=\"soft\">" + (period.is_month ? "A month" : "A day") +
      " in " + html(period.tz) +
      (facts.before && !facts.is_comparable
           ? ". Not compared with " + facts.before_label + ": not all of both is known"
           : "") +
      ".</p>\n";
  if (facts.as_of_ms < period.to_ms) {
    body += "<p class=\"warn\">Not over yet: what is known ends at " +
            html(base::format_utc(facts.as_of_ms)) + ".</p>\n";
  }
  if (!facts.moved.empty()) {
    body += "<p class=\"warn\">Restated: " + html(facts.moved) + ".</p>\n";
  }
  body += heads(facts) + (facts.sealed ? sealed_section(facts) : "") + charts(facts) +
          region_table(facts) + (facts.money ? cost_sections(facts) : "") + width_table(facts) +
          anomaly_table(facts) + files(facts);
  return html_page(title_of(period.label), body + "</main>\n" + footer(facts));
}

}  // namespace fleetmeter::report
