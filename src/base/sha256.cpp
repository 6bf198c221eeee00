#include "base/sha256.hpp"

// The functions for SHA-256 alone. OpenSSL 3 prefers its general ones, which on their first use
// read a configuration and set up every algorithm there is: a seventh of the instructions of a
// small ingest, and four megabytes of program to link.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "fleetmeter/error.hpp"

namespace fleetmeter::base {

namespace {

void check(int ok) {
  if (ok != 1) {
    throw Error(ErrorKind::internal, "sha256: the cryptography library failed");
  }
}

}  // namespace

struct Sha256Stream::Context {
  SHA256_CTX state{};

  Context() { start(); }
  void start() { check(SHA256_Init(&state)); }
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {}
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(std::string_view bytes) {
  check(SHA256_Update(&context_->state, bytes.data(), bytes.size()));
}

Sha256 Sha256Stream::finish() {
  Sha256 digest{};
  static_assert(sizeof digest == SHA256_DIGEST_LENGTH);
  check(SHA256_Final(digest.data(), &context_->state));
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
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view three = bytes.substr(at, 3);
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text +=
          i <= three.size() ? kDigits[bits >> (18U - 6U * static_cast<unsigned>(i)) & 63U] : '=';
    }
  }
  return text;
}

std::string_view as_bytes(const Sha256& digest) {
  // Bytes as characters: the one aliasing the language allows.
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace fleetmeter::base
