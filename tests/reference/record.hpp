#pragma once

#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "reference.hpp"

namespace fleetmeter::reference {

using Json = nlohmann::json;

/// The reason why a record cannot be stored.
class Reject : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// "egressed_bytes" and "EgressedBytes" are both "egressedBytes".
[[nodiscard]] std::string camel_case(const std::string& key);

/// The same value with camelCase keys and without what is null ("null and absent alike").
[[nodiscard]] Json with_vendor_keys(const Json& value);

/// What the object says of a process. Throws Reject.
[[nodiscard]] Record decode(const Json& raw);

}  // namespace fleetmeter::reference
