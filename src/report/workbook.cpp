#include "report/workbook.hpp"

#include "report/workbook_summary.hpp"
#include "workbook/book.hpp"

namespace fleetmeter::report {

std::string workbook(const Facts& facts) {
  // Not the clock: the same knowledge gives the same bytes.
  fleetmeter::workbook::Book book("fleetmeter " + facts.period.label, facts.as_of_ms / 1000);
  add_summary(facts, book.formats());
  const std::string footer = "fleetmeter " + facts.period.label + ", " + facts.period.tz;
  const auto add = [&](const char* name, const auto& rows) {
    fleetmeter::workbook::Sheet sheet(book.formats(), name, footer);
    rows.give_to(sheet);
  };
  add("billing", facts.billing);
  add("egress", facts.egress);
  add("processes", facts.processes);
  add("anomalies", facts.anomalies);
  add("coverage", facts.coverage);
  if (facts.money) {
    add("cost", facts.money->cost);
    if (facts.money->invoice) {
      add("invoice", facts.money->invoice->lines);
    }
  }
  return book.finish();
}

}  // namespace fleetmeter::report
