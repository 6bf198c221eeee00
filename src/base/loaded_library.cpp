#include "base/loaded_library.hpp"

#include <dlfcn.h>

#include <utility>

namespace fleetmeter::base {

LoadedLibrary::LoadedLibrary(const std::string& file,
                             std::function<void(const std::string&)> refuse)
    : refuse_(std::move(refuse)), handle_(dlopen(file.c_str(), RTLD_NOW)) {
  if (handle_ == nullptr) {
    refuse_(dlerror());
  }
}

LoadedLibrary::Symbol LoadedLibrary::find(const char* name) const {
  void* const address = dlsym(handle_, name);
  if (address == nullptr) {
    refuse_(dlerror());
  }
  return Symbol(address);
}

}  // namespace fleetmeter::base
