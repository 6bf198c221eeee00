#include <sstream>

#include "base/time_text.hpp"
#include "report/page.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

Table regions_of(const Facts& facts) {
  Table table;
  table.columns({"region", "billable", "egress", "open_processes"});
  for (const RegionFacts& region : facts.regions) {
    table.row({region.region, bounded_hours(region.billable_ms, true),
               bounded_bytes(region.egress_bytes, region.open_processes > 0),
               region.open_processes});
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
  out << "# " << facts.period.label << "\n\n"
      << "Billable: " << bounded_hours(now.billable_ms, facts.unseen_ms == 0)
      << against(now.billable_ms.point, before.billable_ms.point) << ".  \nEgress: "
      << bounded_bytes(now.egress_bytes, now.open_processes > 0 || facts.unseen_ms > 0)
      << against(now.egress_bytes.point, before.egress_bytes.point)
      << ".  \nProcesses: " << thousands(now.processes) << ", at most "
      << thousands(facts.concurrency.peak)
      << " at once.  \nCoverage: " << coverage_text(facts.gap_count, facts.unpolled_ms)
      << (facts.gap_count == 0 ? "" : ", together " + base::format_duration(facts.uncovered_ms))
      << (facts.unpolled_ms == 0 ? "" : "; " + unpolled_text(facts.unpolled_ms))
      << (facts.unseen_ms == facts.unpolled_ms ? "" : "; " + unseen_text(facts.unseen_ms))
      << ".\n\n## Regions\n\n";
  regions_of(facts).give_to(*make_writer(Format::markdown, out));
  out << "\n## Anomalies\n\n";
  flags_of(facts).give_to(*make_writer(Format::markdown, out));
  out << "\nIn " << facts.period.tz << ", as of " << base::format_utc(facts.as_of_ms) << "; "
      << thousands(facts.snapshots) << " snapshots, together " << facts.store_digest
      << "; fleetmeter " << facts.version << ".\n";
  return out.str();
}

}  // namespace fleetmeter::report
