#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace fleetmeter::model {

/// Where documents of one source were rejected in earlier runs, and what they began with: a
/// document that was met while it was being written begins with just these bytes when it is whole.
using RejectedPlaces = std::map<std::uint64_t, std::string>;

/// Whether a document that stands at `offset` is one that was rejected, gone on with.
[[nodiscard]] inline bool continues_reject(const RejectedPlaces* places, std::uint64_t offset,
                                           std::string_view document) {
  if (places == nullptr) {
    return false;
  }
  const auto found = places->find(offset);
  if (found == places->end()) {
    return false;
  }
  const std::string_view begins = found->second;
  return document.starts_with(begins.substr(0, begins.find_last_not_of(" \t\r\n") + 1));
}

}  // namespace fleetmeter::model
