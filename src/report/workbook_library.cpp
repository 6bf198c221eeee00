#include "report/workbook_library.hpp"

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter::report {

WorkbookLibrary::WorkbookLibrary()
    : LoadedLibrary(FLEETMETER_XLSXWRITER, [](const std::string& why) {
        throw Error(ErrorKind::io, spelled(Term::workbook) + ": libxlsxwriter cannot be used (" +
                                       why + "); Debian's package libxlsxwriter4 has it");
      }) {}

const WorkbookLibrary& WorkbookLibrary::get() {
  static const WorkbookLibrary library;
  return library;
}

}  // namespace fleetmeter::report
