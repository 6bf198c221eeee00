#include "report/workbook.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "report/workbook_library.hpp"
#include "report/workbook_sheet.hpp"
#include "report/workbook_summary.hpp"

namespace fleetmeter::report {

namespace {

/// A file with a name of its own in the folder for temporary ones; gone in the end. The library
/// writes to files only.
class TemporaryFile {
 public:
  TemporaryFile() : path_(std::filesystem::temp_directory_path() / "fleetmeter-XXXXXX") {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) {
      throw Error(ErrorKind::io, path_ + ": cannot be made");
    }
    close(descriptor);
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  std::string path_;
};

}  // namespace

std::string workbook(const Facts& facts) {
  const WorkbookLibrary& library = WorkbookLibrary::get();
  const TemporaryFile file;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // rows go to a temporary file as they come
  lxw_workbook* const book = library.workbook_new_opt(file.path().c_str(), &options);
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
  if (const lxw_error code = library.workbook_close(book); code != LXW_NO_ERROR) {
    throw Error(ErrorKind::io, spelled(Term::workbook) + ": " + library.lxw_strerror(code));
  }
  return file.bytes();
}

}  // namespace fleetmeter::report
