#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fleetmeter::decode {

/// A record's bytes with `?` in place of every byte that makes a string no JSON text: a raw control
/// character, or a byte that is no UTF-8. The rest of the record can then be read, and only what
/// holds such a byte is refused.
struct MendedText {
  /// What was wrong with one byte.
  struct Fault {
    std::size_t offset = 0;
    const char* reason = nullptr;
  };

  std::string bytes;          ///< as long as the text, and padding for the JSON library
  std::vector<Fault> faults;  ///< in the order of their offsets
};

/// Mends the bytes of a record. What is escaped by a backslash is mended with its backslash.
[[nodiscard]] MendedText mend(std::string_view text);

}  // namespace fleetmeter::decode
