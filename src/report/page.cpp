#include "report/page.hpp"

#include <sstream>

#include "base/time_text.hpp"
#include "fleetmeter/text.hpp"
#include "report/chart.hpp"
#include "report/known.hpp"
#include "report/page_parts.hpp"
#include "report/page_tables.hpp"
#include "report/people.hpp"
#include "report/restated.hpp"

namespace fleetmeter::report {

namespace {

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
          change_line(facts, now.billable_ms.point, before.billable_ms.point));
  all += head("Egress", bytes(now.egress_bytes.point), thousands(now.egress_bytes.point) + " bytes",
              soft(bounds_text(now.egress_bytes, bytes, open, facts.unseen_ms == 0)) +
                  change_line(facts, now.egress_bytes.point, before.egress_bytes.point));
  std::string of_processes;
  if (open) {
    of_processes += soft(thousands(now.open_processes) + " without a last counter");
  }
  if (now.unmetered_processes > 0) {
    of_processes += soft(thousands(now.unmetered_processes) + " never said what they sent");
  }
  if (facts.still_running > 0) {
    of_processes += soft(thousands(facts.still_running) + " still ran when last seen");
  }
  all += head("Processes", thousands(now.processes), "",
              change_line(facts, now.processes, before.processes) + of_processes);
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
      "is possible. Grey, with a dark strip at the foot: no polls. Point to a chart, tap it or "
      "move "
      "the focus into it for numbers.</p>\n<section class=\"charts\">\n";
  all += chart("Billable hours", billable_by_slot_chart(facts));
  all += chart("Processes at once, peak " + thousands(facts.concurrency.peak),
               concurrency_chart(facts));
  if (facts.regions.empty()) {
    return all + "</section>\n";
  }
  all += chart("Billable hours per region", billable_by_region_chart(facts));
  all += "</section>\n<h2>Egress per region</h2>\n<section class=\"panels\">\n";
  return all + egress_by_region_chart(facts) + "</section>\n";
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

/// The way to the page over all reports, to the periods beside this one, and from a day to its
/// month among all reports: the report of a month is made last, and its days would all have to be
/// made again to lead to it.
std::string nav(const Facts& facts) {
  const auto link = [](const std::string& label, const std::string& text, const char* rel) {
    return label.empty() ? ""
                         : " <a href=\"../" + html(label) + "/index.html\" rel=\"" + rel + "\">" +
                               html(text) + "</a>";
  };
  const Linked& to = facts.linked;
  const std::string month = html(facts.period.label.substr(0, 7));
  return "<nav aria-label=\"Reports\"><a href=\"../index.html\">All reports</a>" +
         (facts.period.is_month
              ? ""
              : " <a href=\"../index.html#" + month + "\">All of " + month + "</a>") +
         link(to.before, "← " + to.before, "prev") + link(to.after, to.after + " →", "next") +
         "</nav>\n";
}

/// The days of a month, those that have a report.
std::string days_nav(const Facts& facts) {
  if (facts.linked.days.empty()) {
    return "";
  }
  std::string all = "<nav class=\"days\" aria-label=\"Days\">Days:";
  for (const std::string& day : facts.linked.days) {
    all += " <a href=\"../" + html(day) + "/index.html\" aria-label=\"" + html(day) + "\">" +
           std::to_string(std::stoi(day.substr(8))) + "</a>";
  }
  return all + "</nav>\n";
}

}  // namespace

std::string page(const Facts& facts) {
  const Period& period = facts.period;
  std::string body =
      "<main>\n" + nav(facts) + "<h1>" + html(period.label) + "</h1>\n<p class=\"soft\">" +
      (period.is_month ? "A month" : "A day") + " in " + html(period.tz) +
      (facts.before && !facts.is_comparable
           ? ". Not compared with " + facts.before_label + ": not all of both is known"
           : "") +
      ".</p>\n" + days_nav(facts);
  if (const std::string known = known_text(facts); !known.empty()) {
    body += "<p class=\"warn\">Not over yet: " + html(known) + ", until " +
            html(base::format_utc(known_until(facts))) + ". What comes after is not known.</p>\n";
  }
  if (!facts.moved.empty()) {
    body += "<p class=\"warn\">Restated: " + html(facts.moved) + ".</p>\n";
  }
  if (facts.regions.empty()) {
    body += "<p>Nothing is known to have run.</p>\n";
  }
  body += heads(facts) + (facts.sealed ? sealed_section(facts) : "") + charts(facts) +
          slot_table(facts) + region_table(facts) + app_table(facts) + mover_table(facts) +
          process_section(facts) + (facts.money ? cost_sections(facts) : "") +
          reason_section(facts) + anomaly_section(facts) + files(facts);
  return html_page(title_of(period.label), body + "</main>\n" + footer(facts));
}

}  // namespace fleetmeter::report
