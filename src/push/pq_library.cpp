#include "push/pq_library.hpp"

#include "fleetmeter/error.hpp"

namespace fleetmeter::push {

PqLibrary::PqLibrary()
    : LoadedLibrary(FLEETMETER_PQ, [](const std::string& why) {
        throw Error(ErrorKind::io,
                    "push: libpq cannot be used (" + why + "); Debian's package libpq5 has it");
      }) {}

const PqLibrary& PqLibrary::get() {
  static const PqLibrary library;
  return library;
}

}  // namespace fleetmeter::push
