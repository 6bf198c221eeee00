#include "base/sha256.hpp"

#include <openssl/evp.h>

#include "base/invariant.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::base {

struct Sha256Stream::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();

  Context() { start(); }
  ~Context() { EVP_MD_CTX_free(evp); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void start() const { check(EVP_DigestInit_ex(evp, EVP_sha256(), nullptr)); }

  static void check(int ok) {
    if (ok != 1) {
      throw Error(ErrorKind::internal, "sha256: the cryptography library failed");
    }
  }
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {}
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(std::string_view bytes) {
  Context::check(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()));
}

Sha256 Sha256Stream::finish() {
  Sha256 digest{};
  unsigned size = 0;
  Context::check(EVP_DigestFinal_ex(context_->evp, digest.data(), &size));
  base::check(size == digest.size(), "a SHA-256 has 32 bytes");
  context_->start();
  return digest;
}

Sha256 sha256(std::string_view bytes) {
  Sha256Stream stream;
  stream.update(bytes);
  return stream.finish();
}

std::string to_hex(std::string_view bytes) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHex[byte >> 4U];
    hex += kHex[byte & 15U];
  }
  return hex;
}

std::string to_base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string_view as_bytes(const Sha256& digest) {
  // Bytes as characters: the one aliasing the language allows.
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace fleetmeter::base
