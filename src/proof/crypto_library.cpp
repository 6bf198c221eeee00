#include "proof/crypto_library.hpp"

#include <openssl/opensslv.h>

#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::proof {

CryptoLibrary::CryptoLibrary()
    : LoadedLibrary(
          "libcrypto.so." + std::to_string(OPENSSL_SHLIB_VERSION), [](const std::string& why) {
            throw Error(ErrorKind::io,
                        "libcrypto cannot be used (" + why + "); Debian's package libssl3 has it");
          }) {}

const CryptoLibrary& CryptoLibrary::get() {
  static const CryptoLibrary library;
  return library;
}

}  // namespace fleetmeter::proof
