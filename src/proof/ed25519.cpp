#include "proof/ed25519.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/sha256.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "proof/crypto_library.hpp"

namespace fleetmeter::proof {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

// What stands before the key in the two kinds of files (RFC 8410): all of it is fixed.
constexpr std::string_view kPrivatePrefix(
    "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16);
constexpr std::string_view kPublicPrefix("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);

using Key = std::unique_ptr<EVP_PKEY, decltype(&::EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&::EVP_MD_CTX_free)>;

const unsigned char* as_unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* as_unsigned(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

void check(bool ok) {
  if (!ok) {
    throw Error(ErrorKind::internal, "Ed25519: libcrypto failed");
  }
}

Key private_key(const CryptoLibrary& crypto, const std::string& bytes) {
  Key key(crypto.EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, as_unsigned(bytes),
                                              bytes.size()),
          crypto.EVP_PKEY_free);
  check(key != nullptr);
  return key;
}

/// What stands between the two lines of a PEM file that name `label`, decoded.
std::optional<std::string> read_pem(const std::string& pem, const std::string& label) {
  const std::string begin = "-----BEGIN " + label + "-----";
  const std::size_t from = pem.find(begin);
  const std::size_t to = pem.find("-----END " + label + "-----");
  if (from == std::string::npos || to == std::string::npos || to < from) {
    return std::nullopt;
  }
  std::string text = pem.substr(from + begin.size(), to - from - begin.size());
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
  return base::from_base64(text);
}

std::string key_in(const std::string& pem, const std::string& label, std::string_view prefix,
                   const std::string& where) {
  const auto bytes = read_pem(pem, label);
  if (!bytes || bytes->size() != prefix.size() + kKeyBytes || bytes->rfind(prefix, 0) != 0) {
    throw Error(ErrorKind::data, printable(where) + ": holds no Ed25519 key in PEM (" + label +
                                     "), as openssl writes it");
  }
  return bytes->substr(prefix.size());
}

}  // namespace

std::string private_key_of(const std::string& pem, const std::string& where) {
  return key_in(pem, "PRIVATE KEY", kPrivatePrefix, where);
}

std::string public_key_of(const std::string& pem, const std::string& where) {
  return key_in(pem, "PUBLIC KEY", kPublicPrefix, where);
}

std::string public_half(const std::string& private_bytes) {
  const CryptoLibrary& crypto = CryptoLibrary::get();
  const Key key = private_key(crypto, private_bytes);
  std::string bytes(kKeyBytes, '\0');
  std::size_t size = bytes.size();
  check(crypto.EVP_PKEY_get_raw_public_key(key.get(), as_unsigned(bytes), &size) == 1 &&
        size == kKeyBytes);
  return bytes;
}

std::string sign(const std::string& private_bytes, std::string_view message) {
  const CryptoLibrary& crypto = CryptoLibrary::get();
  const Key key = private_key(crypto, private_bytes);
  const Context context(crypto.EVP_MD_CTX_new(), crypto.EVP_MD_CTX_free);
  check(context != nullptr &&
        crypto.EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  check(crypto.EVP_DigestSign(context.get(), as_unsigned(signature), &size, as_unsigned(message),
                              message.size()) == 1 &&
        size == kSignatureBytes);
  return signature;
}

bool is_signed(const std::string& public_bytes, std::string_view message,
               std::string_view signature) {
  if (public_bytes.size() != kKeyBytes || signature.size() != kSignatureBytes) {
    return false;
  }
  const CryptoLibrary& crypto = CryptoLibrary::get();
  const Key key(crypto.EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                                   as_unsigned(public_bytes), public_bytes.size()),
                crypto.EVP_PKEY_free);
  const Context context(crypto.EVP_MD_CTX_new(), crypto.EVP_MD_CTX_free);
  check(key != nullptr && context != nullptr &&
        crypto.EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  return crypto.EVP_DigestVerify(context.get(), as_unsigned(signature), signature.size(),
                                 as_unsigned(message), message.size()) == 1;
}

}  // namespace fleetmeter::proof
