#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace fleetmeter::decode {

/// Bytes to read, one piece after another, whatever they were packed in.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills up to `size` bytes; 0 only at the end. Throws Error(io) when reading fails and
  /// Error(data) when the packing is damaged.
  [[nodiscard]] virtual std::size_t read(char* into, std::size_t size) = 0;

  /// plain, gzip or zstd.
  [[nodiscard]] virtual const char* encoding() const = 0;
};

/// Opens a file, or standard input for "-", and unpacks gzip and zstd, which it knows by content.
/// Throws Error(no_input) or Error(permission). Of a pipe, `on_pause` is called for every tenth of
/// a second in which nothing comes, and before it is opened; what it throws ends the reading.
[[nodiscard]] std::unique_ptr<ByteSource> open_source(const std::string& path,
                                                      std::function<void()> on_pause = {});

}  // namespace fleetmeter::decode
