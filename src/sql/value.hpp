#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace fleetmeter::sql {

/// Bytes to be stored as a BLOB; they must live until the statement has run.
struct Blob {
  std::string_view bytes;
};

/// A value of a column whose type is ANY, as it is written; a text must live as long as bytes.
using ValueView = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// Bytes that were read from a BLOB.
struct BlobBytes {
  std::string bytes;
};

/// The same as it is read.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, BlobBytes>;

}  // namespace fleetmeter::sql
