#include "nightly/report_index.hpp"

#include "nightly/report_reading.hpp"
#include "report/index_page.hpp"
#include "report/known.hpp"
#include "report/people.hpp"

namespace fleetmeter::nightly {

namespace {

/// A row of a part of a report.json; an empty one when there is none.
const decode::JsonTree& row_of(const decode::JsonTree& report, std::string_view part,
                               std::size_t number) {
  static const decode::JsonTree kNone;
  const decode::JsonTree* const rows = report.find(part);
  return rows == nullptr || rows->items.size() <= number ? kNone : rows->items[number];
}

std::string remarks_on(const decode::JsonTree& report) {
  const std::string moved = member(report, "report", "moved");
  const bool is_sealed = !member(report, "seal", "root").empty();
  return (is_sealed ? "sealed" : std::string()) + (is_sealed && !moved.empty() ? "; " : "") +
         (moved.empty() ? "" : "restated: " + moved);
}

report::Listed listed(const std::string& label, const decode::JsonTree& report) {
  const auto of_header = [&](const char* name) { return number(member(report, "report", name)); };
  const decode::JsonTree& totals = row_of(report, "totals", 0);
  report::Listed one;
  one.label = label;
  one.is_month = label.size() == 7;
  one.is_readable = report.kind == decode::JsonTree::Kind::object;
  if (!one.is_readable) {
    return one;
  }
  one.tz = member(report, "report", "tz");
  one.billable_ms = bounded_in(totals, "billable_ms");
  one.egress_bytes = bounded_in(totals, "egress_bytes");
  one.is_open = number(member(report, "totals", "open_processes")) > 0;
  one.slots = static_cast<std::size_t>(of_header("slots"));
  if (const decode::JsonTree* const slots = report.find("slots")) {
    for (const decode::JsonTree& slot : slots->items) {
      one.course.push_back(bounded_in(slot, "billable_ms").point);
    }
  }
  if (of_header("is_comparable") != 0) {
    one.change = report::change(one.billable_ms.point,
                                bounded_in(row_of(report, "totals", 1), "billable_ms").point);
  }
  one.coverage = report::coverage_text(of_header("gaps"), of_header("unpolled_ms"));
  one.known = report::known_text(static_cast<std::int64_t>(of_header("slots_known")),
                                 static_cast<std::int64_t>(one.slots), one.is_month);
  one.remarks = remarks_on(report);
  return one;
}

}  // namespace

void put_index(ReportFolder& folder) {
  std::vector<report::Listed> all;
  for (const std::string& label : folder.labels()) {
    all.push_back(listed(label, read_report(folder, label)));
  }
  folder.put_index(report::index_page(all));
}

}  // namespace fleetmeter::nightly
