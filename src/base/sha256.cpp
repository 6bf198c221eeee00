#include "base/sha256.hpp"

#include <algorithm>
#include <utility>

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

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view three = bytes.substr(at, 3);
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text +=
          i <= three.size() ? kBase64[bits >> (18U - 6U * static_cast<unsigned>(i)) & 63U] : '=';
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t digit = kBase64.find(c);
    if (digit == std::string_view::npos) {
      return std::nullopt;
    }
    bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xFFFFU;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 0xFFU);
    }
  }
  // Several texts would stand for the same bytes otherwise, and an altered one would pass.
  return to_base64(bytes) == text ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Sha256> as_sha256(std::string_view bytes) {
  Sha256 digest{};
  if (bytes.size() != digest.size()) {
    return std::nullopt;
  }
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

std::string_view as_bytes(const Sha256& digest) {
  // Bytes as characters: the one aliasing the language allows.
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace fleetmeter::base
