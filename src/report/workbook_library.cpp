#include "report/workbook_library.hpp"

#include <dlfcn.h>

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter::report {

namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorKind::io, spelled(Term::workbook) + ": libxlsxwriter cannot be used (" +
                                 dlerror() + "); Debian's package libxlsxwriter4 has it");
}

void* open() {
  void* const handle = dlopen(FLEETMETER_XLSXWRITER, RTLD_NOW);
  if (handle == nullptr) {
    refuse();
  }
  return handle;
}

}  // namespace

WorkbookLibrary::WorkbookLibrary() : handle_(open()) {}

WorkbookLibrary::Symbol WorkbookLibrary::find(const char* name) const {
  void* const address = dlsym(handle_, name);
  if (address == nullptr) {
    refuse();
  }
  return Symbol(address);
}

const WorkbookLibrary& WorkbookLibrary::get() {
  static const WorkbookLibrary library;
  return library;
}

}  // namespace fleetmeter::report
