#include "cli/edit_library.hpp"

#include <dlfcn.h>

#include "fleetmeter/error.hpp"

namespace fleetmeter::cli {

EditLibrary::Symbol EditLibrary::find(const char* name) const {
  void* const address = dlsym(handle_, name);
  if (address == nullptr) {
    throw Error(ErrorKind::internal, std::string("libedit has no ") + name);
  }
  return Symbol(address);
}

const EditLibrary* EditLibrary::get() {
  static void* const handle = dlopen(FLEETMETER_LIBEDIT, RTLD_NOW);
  if (handle == nullptr) {
    return nullptr;
  }
  static const EditLibrary library(handle);
  return &library;
}

}  // namespace fleetmeter::cli
