#include "report/index_page.hpp"

#include <algorithm>
#include <map>

#include "report/chart_parts.hpp"
#include "report/page.hpp"
#include "report/page_parts.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr int kMonthsInSight = 12;
constexpr std::int64_t kSparkWide = 1000;  // tenths of a pixel
constexpr std::int64_t kSparkTall = 220;

/// The course of a period as a small curve, without axes: as wide as the period, so that one that
/// is not over ends on its way.
std::string spark(const Listed& one) {
  if (one.course.empty() || one.slots == 0) {
    return "";
  }
  Plot plot{0,          10,
            kSparkWide, kSparkTall - 20,
            0,          static_cast<std::int64_t>(one.slots),
            1,          static_cast<std::int64_t>(one.course.size())};
  plot.most = std::max<Int128>(1, *std::max_element(one.course.begin(), one.course.end()));
  std::vector<std::int64_t> starts;
  for (std::size_t i = 0; i < one.course.size(); ++i) {
    starts.push_back(static_cast<std::int64_t>(i));
  }
  std::string curve =
      area(plot, starts, one.course, "area") + steps(plot, starts, one.course, "line");
  std::erase(curve, '\n');
  return "<svg class=\"spark\" viewBox=\"0 0 " + px(kSparkWide) + ' ' + px(kSparkTall) +
         "\" role=\"img\" aria-label=\"" +
         html("at most " + hours(plot.most) + (one.is_month ? " a day" : " an hour")) + "\">" +
         curve + "</svg>";
}

std::string label_cell(const Listed& one) {
  return (one.is_month ? "<tr id=\"" + html(one.label) + "\">" : std::string("<tr>")) +
         "<th scope=\"row\"><a href=\"" + html(one.label) + "/index.html\">" + html(one.label) +
         "</a></th>";
}

std::string row(const Listed& one) {
  if (!one.is_readable) {
    return label_cell(one) +
           "<td class=\"words\" colspan=\"11\">its report.json cannot be read: make this report "
           "again</td></tr>\n";
  }
  const std::string remarks =
      one.known + (one.known.empty() || one.remarks.empty() ? "" : "; ") + one.remarks;
  return label_cell(one) + "<td>" + spark(one) + "</td>" + ms_cells(one.billable_ms) +
         "<td class=\"n\">" + html(one.change) + "</td>" +
         byte_cells(one.egress_bytes, one.is_open) + "<td>" + html(one.coverage) + "</td><td>" +
         html(one.tz) + "</td><td class=\"words\">" + html(remarks) + "</td></tr>\n";
}

std::string table_of_periods(const std::string& label, const std::string& rows) {
  return table_of_rows(
      label, "",
      "<th>Period</th><th>Course</th><th class=\"n\">Billable</th><th class=\"n\">at least</th>"
      "<th class=\"n\">at most</th><th class=\"n\">Change</th><th class=\"n\">Egress</th><th "
      "class=\"n\">at least</th><th class=\"n\">at most</th><th>Coverage</th><th>Zone</th>"
      "<th>Remarks</th>",
      rows, "");
}

/// 2024-01 → 2023-12.
std::string month_before(const std::string& label) {
  const int year = std::stoi(label.substr(0, 4));
  const int month = std::stoi(label.substr(5, 2));
  const std::string number = std::to_string(month == 1 ? year - 1 : year);
  const int before = month == 1 ? 12 : month - 1;
  return std::string(4 - std::min<std::size_t>(4, number.size()), '0') + number +
         (before < 10 ? "-0" : "-") + std::to_string(before);
}

/// The newest month that has a report and the eleven before it, back to the first that has one.
/// Those between that have none are told by an empty line.
std::string last_months(const std::vector<Listed>& months) {
  std::map<std::string, const Listed*> by_label;
  for (const Listed& one : months) {
    if (one.is_readable) {
      by_label.emplace(one.label, &one);
    }
  }
  std::vector<Bar> all;
  std::string label = months.front().label;
  for (int i = 0; i < kMonthsInSight && label >= months.back().label;
       ++i, label = month_before(label)) {
    Bar bar{.name = label, .full_name = label, .is_empty = true};
    if (const auto found = by_label.find(label); found != by_label.end()) {
      const Listed& one = *found->second;
      bar.full_name += one.known.empty() ? "" : " (" + one.known + ")";
      bar.link = label + "/index.html";
      bar.is_part = !one.known.empty();
      bar.is_empty = false;
      bar.billable_ms = one.billable_ms;
    }
    all.push_back(std::move(bar));
  }
  return "<h2>The last twelve months</h2>\n<div class=\"chart alone\"><h3>Billable hours; a month "
         "that is not over is paler</h3>\n" +
         bars(all, "months", "Billable hours of the last twelve months",
              "One bar per month, the newest first; a thin bar spans the bounds.") +
         "</div>\n";
}

/// A month that has no report of its own is found by its days.
std::string days_by_month(const std::vector<Listed>& days, const std::vector<Listed>& months) {
  std::string all;
  for (std::size_t i = 0; i < days.size();) {
    const std::string month = days[i].label.substr(0, 7);
    const bool is_newest = i == 0;
    std::string rows;
    Int128 count = 0;
    for (; i < days.size() && days[i].label.starts_with(month); ++i, ++count) {
      rows += row(days[i]);
    }
    const bool has_report = std::any_of(months.begin(), months.end(),
                                        [&](const Listed& one) { return one.label == month; });
    all += "<details" + (has_report ? "" : " id=\"" + html(month) + "\"") +
           (is_newest ? " open>" : ">") + "\n<summary>" + html(month) + ": " +
           counted(count, "day") + "</summary>\n" + table_of_periods("Days of " + month, rows) +
           "</details>\n";
  }
  return all;
}

}  // namespace

std::string index_page(const std::vector<Listed>& reports) {
  std::vector<Listed> months;
  std::vector<Listed> days;
  std::string rows;
  for (const Listed& one : reports) {
    (one.is_month ? months : days).push_back(one);
    rows += one.is_month ? row(one) : "";
  }
  std::string body =
      "<main>\n<h1>Reports</h1>\n<p class=\"soft\">Billable time and egress of each period, the "
      "newest first. The course is that of billable time; each has a scale of its own.</p>\n";
  if (!months.empty()) {
    body += last_months(months) + "<h2>Months</h2>\n" + table_of_periods("Months", rows);
  }
  if (!days.empty()) {
    body += "<h2>Days</h2>\n" + days_by_month(days, months);
  }
  return html_page(kIndexTitle, body + "</main>\n");
}

}  // namespace fleetmeter::report
