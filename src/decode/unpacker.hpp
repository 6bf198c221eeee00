#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace fleetmeter::decode {

/// Unpacks the members of a packed file one after another: gzip's members, or zstd's frames.
class Unpacker {
 public:
  /// What one step came to.
  struct Step {
    std::size_t taken = 0;    ///< how many packed bytes were read
    std::size_t given = 0;    ///< how many unpacked bytes were written
    bool is_end = false;      ///< the member ended, and its checksum, if it has one, is right
    std::string damage = {};  ///< why the member cannot be unpacked; "" when it can
  };

  virtual ~Unpacker() = default;

  /// How the file is packed: gzip or zstd.
  [[nodiscard]] virtual const char* name() const = 0;
  /// Whether a member begins with these bytes, four of them unless the file ends before.
  [[nodiscard]] virtual bool begins_member(std::string_view ahead) const = 0;
  virtual void begin_member() = 0;
  /// Unpacks some of `packed`, writing at most `size` bytes.
  [[nodiscard]] virtual Step step(std::string_view packed, char* into, std::size_t size) = 0;
};

/// The unpacker for a file that begins so; null when it is not packed.
[[nodiscard]] std::unique_ptr<Unpacker> unpacker_for(std::string_view head);

}  // namespace fleetmeter::decode
