#include "proof/time_stamp.hpp"

#include <algorithm>
#include <memory>

#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "proof/crypto_library.hpp"

namespace fleetmeter::proof {

namespace {

using Answer = std::unique_ptr<TS_RESP, decltype(&::TS_RESP_free)>;
using Check = std::unique_ptr<TS_VERIFY_CTX, decltype(&::TS_VERIFY_CTX_free)>;
using Authorities = std::unique_ptr<X509_STORE, decltype(&::X509_STORE_free)>;

// TimeStampReq in DER: version 1, the algorithm SHA-256, then the digest, then certReq TRUE.
constexpr std::string_view kRequestHead(
    "\x30\x39\x02\x01\x01\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04"
    "\x20",
    24);
constexpr std::string_view kRequestTail("\x01\x01\xff", 3);

/// `20241201100000Z`, as the answer has it, in the form of RFC 3339.
std::string time_in(const CryptoLibrary& crypto, const TS_TST_INFO* said) {
  const ASN1_GENERALIZEDTIME* const time = crypto.TS_TST_INFO_get_time(said);
  const std::string text(reinterpret_cast<const char*>(crypto.ASN1_STRING_get0_data(time)),
                         static_cast<std::size_t>(crypto.ASN1_STRING_length(time)));
  return text.size() < 15
             ? ""
             : text.substr(0, 4) + '-' + text.substr(4, 2) + '-' + text.substr(6, 2) + 'T' +
                   text.substr(8, 2) + ':' + text.substr(10, 2) + ':' + text.substr(12);
}

Authorities authorities_in(const CryptoLibrary& crypto, const std::string& path) {
  Authorities authorities(crypto.X509_STORE_new(), crypto.X509_STORE_free);
  if (authorities == nullptr || crypto.X509_STORE_load_file(authorities.get(), path.c_str()) != 1) {
    throw Error(ErrorKind::no_input, printable(path) + ": holds no certificate in PEM");
  }
  return authorities;
}

/// What libcrypto said last.
std::string last_reason(const CryptoLibrary& crypto) {
  const char* const reason = crypto.ERR_reason_error_string(crypto.ERR_peek_last_error());
  return reason == nullptr ? "it is not a granted answer" : reason;
}

void expect_digest(const CryptoLibrary& crypto, const base::Sha256& digest, TS_VERIFY_CTX* check) {
  void* const copy = crypto.CRYPTO_malloc(digest.size(), __FILE__, __LINE__);
  std::copy(digest.begin(), digest.end(), static_cast<unsigned char*>(copy));
  crypto.TS_VERIFY_CTX_set_imprint(check, static_cast<unsigned char*>(copy),
                                   static_cast<long>(digest.size()));
}

}  // namespace

std::string time_stamp_request(const base::Sha256& digest) {
  return std::string(kRequestHead) + std::string(base::as_bytes(digest)) +
         std::string(kRequestTail);
}

TimeStamp read_time_stamp(std::string_view answer, const base::Sha256& digest,
                          const std::string& authorities) {
  const CryptoLibrary& crypto = CryptoLibrary::get();
  Authorities trusted = authorities_in(crypto, authorities);
  const auto* at = reinterpret_cast<const unsigned char*>(answer.data());
  const auto* const end = at + answer.size();
  const Answer read(crypto.d2i_TS_RESP(nullptr, &at, static_cast<long>(answer.size())),
                    crypto.TS_RESP_free);
  if (read == nullptr || at != end) {
    return {"", "it is no answer of RFC 3161"};
  }
  TimeStamp stamp;
  if (TS_TST_INFO* const said = crypto.TS_RESP_get_tst_info(read.get()); said != nullptr) {
    stamp.time = time_in(crypto, said);
  }
  // Certificates must have been valid when they were used: they expire, and the stamp does not.
  if (const base::ParsedTime time = base::parse_rfc3339(stamp.time); time.ms) {
    crypto.X509_VERIFY_PARAM_set_time(crypto.X509_STORE_get0_param(trusted.get()),
                                      static_cast<time_t>(*time.ms / 1000));
  }
  const Check check(crypto.TS_VERIFY_CTX_new(), crypto.TS_VERIFY_CTX_free);
  crypto.TS_VERIFY_CTX_set_flags(check.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
  expect_digest(crypto, digest, check.get());
  crypto.TS_VERIFY_CTX_set_store(check.get(), trusted.release());
  while (crypto.ERR_get_error() != 0) {
  }
  if (crypto.TS_RESP_verify_response(check.get(), read.get()) != 1) {
    stamp.fault = last_reason(crypto);
  }
  return stamp;
}

}  // namespace fleetmeter::proof
