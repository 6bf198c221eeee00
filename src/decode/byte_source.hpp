#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::decode {

/// Thrown when one source cannot be opened, read or unpacked to its end. The fault costs that
/// source alone and the work goes on with the next one; every other exception ends the work.
class SourceError final : public Error {
 public:
  using Error::Error;
};

/// Bytes to be read one piece after another: those of a file or of a pipe, unpacked if need be.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Reads at most `size` bytes and returns how many; 0 only at the end of the source. Throws
  /// SourceError: io when reading fails, data when the packing is damaged.
  [[nodiscard]] virtual std::size_t read(char* into, std::size_t size) = 0;

  /// How the bytes were packed: plain, gzip or zstd.
  [[nodiscard]] virtual const char* encoding() const = 0;

  /// What a user should be told of a source that was read to its end without a fault. It is empty
  /// when there is nothing to tell.
  [[nodiscard]] virtual std::string note() const { return ""; }
};

/// Opens a file, or standard input when the path is "-". Gzip and zstd are unpacked, and UTF-16 is
/// turned into UTF-8; all three are known by what the file begins with, never by its name. Throws
/// SourceError: no_input or permission.
///
/// A packed file is made of members: gzip calls them so, and zstd calls them frames. What a member
/// holds is given when its end was found and its checksum is right. It is also given when the file
/// ends inside the member, for there is no checksum then. So a damaged member gives nothing.
///
/// `on_pause` is called before a pipe is opened, and for every tenth of a second in which nothing
/// comes out of it. What it throws ends the reading.
[[nodiscard]] std::unique_ptr<ByteSource> open_source(const std::string& path,
                                                      std::function<void()> on_pause = {});

/// Reads at most `size` bytes and returns how many; 0 at the end.
using Reading = std::function<std::size_t(char* into, std::size_t size)>;

/// The same for bytes that are no file. `name` stands for the path in messages.
[[nodiscard]] std::unique_ptr<ByteSource> open_given(const std::string& name, Reading read);

}  // namespace fleetmeter::decode
