#pragma once

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include "base/loaded_library.hpp"

namespace fleetmeter::proof {

/// libcrypto, loaded when the first signature or time stamp is made or checked. Few runs do that,
/// and linked into the program it would add four megabytes and a fifth of the time to start.
///
/// Has the functions that are used here, under their own names.
class CryptoLibrary : base::LoadedLibrary {
 public:
  /// Throws Error(io) when the library is not installed.
  [[nodiscard]] static const CryptoLibrary& get();

 private:
  CryptoLibrary();

 public:
  // NOLINTBEGIN(readability-identifier-naming): the names are the library's.
  // Signatures.
  decltype(&::EVP_DigestSign) EVP_DigestSign = find("EVP_DigestSign");
  decltype(&::EVP_DigestSignInit) EVP_DigestSignInit = find("EVP_DigestSignInit");
  decltype(&::EVP_DigestVerify) EVP_DigestVerify = find("EVP_DigestVerify");
  decltype(&::EVP_DigestVerifyInit) EVP_DigestVerifyInit = find("EVP_DigestVerifyInit");
  decltype(&::EVP_MD_CTX_free) EVP_MD_CTX_free = find("EVP_MD_CTX_free");
  decltype(&::EVP_MD_CTX_new) EVP_MD_CTX_new = find("EVP_MD_CTX_new");
  decltype(&::EVP_PKEY_free) EVP_PKEY_free = find("EVP_PKEY_free");
  decltype(&::EVP_PKEY_get_raw_public_key) EVP_PKEY_get_raw_public_key =
      find("EVP_PKEY_get_raw_public_key");
  decltype(&::EVP_PKEY_new_raw_private_key) EVP_PKEY_new_raw_private_key =
      find("EVP_PKEY_new_raw_private_key");
  decltype(&::EVP_PKEY_new_raw_public_key) EVP_PKEY_new_raw_public_key =
      find("EVP_PKEY_new_raw_public_key");

  // Time stamps.
  decltype(&::ASN1_STRING_get0_data) ASN1_STRING_get0_data = find("ASN1_STRING_get0_data");
  decltype(&::ASN1_STRING_length) ASN1_STRING_length = find("ASN1_STRING_length");
  decltype(&::CRYPTO_malloc) CRYPTO_malloc = find("CRYPTO_malloc");
  decltype(&::ERR_get_error) ERR_get_error = find("ERR_get_error");
  decltype(&::ERR_peek_last_error) ERR_peek_last_error = find("ERR_peek_last_error");
  decltype(&::ERR_reason_error_string) ERR_reason_error_string = find("ERR_reason_error_string");
  decltype(&::TS_RESP_free) TS_RESP_free = find("TS_RESP_free");
  decltype(&::TS_RESP_get_tst_info) TS_RESP_get_tst_info = find("TS_RESP_get_tst_info");
  decltype(&::TS_RESP_verify_response) TS_RESP_verify_response = find("TS_RESP_verify_response");
  decltype(&::TS_TST_INFO_get_time) TS_TST_INFO_get_time = find("TS_TST_INFO_get_time");
  decltype(&::TS_VERIFY_CTX_free) TS_VERIFY_CTX_free = find("TS_VERIFY_CTX_free");
  decltype(&::TS_VERIFY_CTX_new) TS_VERIFY_CTX_new = find("TS_VERIFY_CTX_new");
  decltype(&::TS_VERIFY_CTX_set_flags) TS_VERIFY_CTX_set_flags = find("TS_VERIFY_CTX_set_flags");
  decltype(&::TS_VERIFY_CTX_set_imprint) TS_VERIFY_CTX_set_imprint =
      find("TS_VERIFY_CTX_set_imprint");
  decltype(&::TS_VERIFY_CTX_set_store) TS_VERIFY_CTX_set_store = find("TS_VERIFY_CTX_set_store");
  decltype(&::X509_STORE_free) X509_STORE_free = find("X509_STORE_free");
  decltype(&::X509_STORE_get0_param) X509_STORE_get0_param = find("X509_STORE_get0_param");
  decltype(&::X509_STORE_load_file) X509_STORE_load_file = find("X509_STORE_load_file");
  decltype(&::X509_STORE_new) X509_STORE_new = find("X509_STORE_new");
  decltype(&::X509_VERIFY_PARAM_set_time) X509_VERIFY_PARAM_set_time =
      find("X509_VERIFY_PARAM_set_time");
  decltype(&::d2i_TS_RESP) d2i_TS_RESP = find("d2i_TS_RESP");
  // NOLINTEND(readability-identifier-naming)
};

}  // namespace fleetmeter::proof
