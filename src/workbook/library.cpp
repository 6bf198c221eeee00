#include "workbook/library.hpp"

#include "fleetmeter/error.hpp"

namespace fleetmeter::workbook {

WorkbookLibrary::WorkbookLibrary()
    : LoadedLibrary(FLEETMETER_XLSXWRITER, [](const std::string& why) {
        throw Error(ErrorKind::io, "xlsx: libxlsxwriter cannot be used (" + why +
                                       "); Debian's package libxlsxwriter4 has it");
      }) {}

const WorkbookLibrary& WorkbookLibrary::get() {
  static const WorkbookLibrary library;
  return library;
}

}  // namespace fleetmeter::workbook
