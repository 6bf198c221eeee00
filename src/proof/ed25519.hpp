#pragma once

#include <string>
#include <string_view>

namespace fleetmeter::proof {

// Ed25519 (RFC 8032). Keys are 32 bytes, signatures 64; both are kept as they are.

/// The bytes of the private key in a PEM file, as `openssl genpkey -algorithm ed25519` writes it.
/// `where` is named when it is none: Error(data).
[[nodiscard]] std::string private_key_of(const std::string& pem, const std::string& where);

/// The bytes of the public key in a PEM file, as `openssl pkey -pubout` writes it. Likewise.
[[nodiscard]] std::string public_key_of(const std::string& pem, const std::string& where);

/// The public key that belongs to a private one.
[[nodiscard]] std::string public_half(const std::string& private_bytes);

[[nodiscard]] std::string sign(const std::string& private_bytes, std::string_view message);

[[nodiscard]] bool is_signed(const std::string& public_bytes, std::string_view message,
                             std::string_view signature);

}  // namespace fleetmeter::proof
