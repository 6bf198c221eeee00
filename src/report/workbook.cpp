#include "report/workbook.hpp"

#include <memory>

#include "base/temporary.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "report/workbook_library.hpp"
#include "report/workbook_sheet.hpp"
#include "report/workbook_summary.hpp"

namespace fleetmeter::report {

std::string workbook(const Facts& facts) {
  const WorkbookLibrary& library = WorkbookLibrary::get();
  const base::TemporaryFile file;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // rows go to a temporary file as they come
  const auto close = [&library](lxw_workbook* book) { library.workbook_close(book); };
  std::unique_ptr<lxw_workbook, decltype(close)> owned(
      library.workbook_new_opt(file.path().c_str(), &options), close);
  lxw_workbook* const book = owned.get();
  lxw_doc_properties properties{};
  std::string title = "fleetmeter " + facts.period.label;
  properties.title = title.data();
  properties.created = facts.as_of_ms / 1000;  // not the clock: the same knowledge, the same bytes
  library.workbook_set_properties(book, &properties);
  WorkbookFormats formats(library, book);
  add_summary(facts, formats);
  const std::string footer = "fleetmeter " + facts.period.label + ", " + facts.period.tz;
  const auto add = [&](const char* name, const auto& rows) {
    Sheet sheet(formats, name, footer);
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
  if (const lxw_error code = library.workbook_close(owned.release()); code != LXW_NO_ERROR) {
    throw Error(ErrorKind::io, spelled(Term::workbook) + ": " + library.lxw_strerror(code));
  }
  return file.bytes();
}

}  // namespace fleetmeter::report
