#include "proof/crypto_library.hpp"

#include <dlfcn.h>
#include <openssl/opensslv.h>

#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::proof {

namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorKind::io, std::string("libcrypto cannot be used (") + dlerror() +
                                 "); Debian's package libssl3 has it");
}

void* open() {
  const std::string name = "libcrypto.so." + std::to_string(OPENSSL_SHLIB_VERSION);
  void* const handle = dlopen(name.c_str(), RTLD_NOW);
  if (handle == nullptr) {
    refuse();
  }
  return handle;
}

}  // namespace

CryptoLibrary::CryptoLibrary() : handle_(open()) {}

CryptoLibrary::Symbol CryptoLibrary::find(const char* name) const {
  void* const address = dlsym(handle_, name);
  if (address == nullptr) {
    refuse();
  }
  return Symbol(address);
}

const CryptoLibrary& CryptoLibrary::get() {
  static const CryptoLibrary library;
  return library;
}

}  // namespace fleetmeter::proof
