#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.hpp"

namespace fleetmeter::proof {

// Time stamps by RFC 3161: an authority signs that it saw a digest at a time. Nothing here goes to
// the network; the request and the answer are files.

/// The request to stamp a digest, and to send the certificate along. It has no nonce, so the same
/// digest gives the same bytes.
[[nodiscard]] std::string time_stamp_request(const base::Sha256& digest);

/// What an authority answered.
struct TimeStamp {
  std::string time;   ///< when it saw the digest, like `2024-12-01T10:00:00Z`
  std::string fault;  ///< why the answer does not hold; empty: it does
};

/// Checks an answer: that it is about this digest, and signed by somebody whom the certificates in
/// the PEM file `authorities` vouch for, at the time that it names. Throws Error(no_input) when
/// there are no such certificates.
[[nodiscard]] TimeStamp read_time_stamp(std::string_view answer, const base::Sha256& digest,
                                        const std::string& authorities);

}  // namespace fleetmeter::proof
