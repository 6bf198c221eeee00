#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::decode {

/// The fault of one source: it cannot be opened, read or unpacked to its end. It costs that source
/// alone, whatever else goes on; every other exception ends the work.
class SourceError final : public Error {
 public:
  using Error::Error;
};

/// Bytes to read, one piece after another, whatever they were packed in.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills up to `size` bytes; 0 only at the end. Throws SourceError: io when reading fails, data
  /// when the packing is damaged.
  [[nodiscard]] virtual std::size_t read(char* into, std::size_t size) = 0;

  /// plain, gzip or zstd.
  [[nodiscard]] virtual const char* encoding() const = 0;

  /// What a user should be told of a source that was read to its end without a fault; "" for
  /// nothing.
  [[nodiscard]] virtual std::string note() const { return ""; }
};

/// Opens a file, or standard input for "-"; unpacks gzip and zstd, and turns UTF-16 into UTF-8.
/// All three are known by content, never by name. Throws SourceError: no_input or permission.
///
/// What a packed member (a gzip member, a zstd frame) holds is given only when its end was found
/// and its checksum is right, or when the file ends inside it, which no checksum can tell. So a
/// damaged member gives nothing. Of a pipe, `on_pause` is called for every tenth of a second in
/// which nothing comes, and before it is opened; what it throws ends the reading.
[[nodiscard]] std::unique_ptr<ByteSource> open_source(const std::string& path,
                                                      std::function<void()> on_pause = {});

}  // namespace fleetmeter::decode
