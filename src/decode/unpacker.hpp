#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace fleetmeter::decode {

/// Unpacks one member after another: a gzip member, or a zstd frame.
class Unpacker {
 public:
  struct Step {
    std::size_t taken = 0;    ///< of the packed bytes
    std::size_t given = 0;    ///< of the unpacked ones
    bool is_end = false;      ///< the member ended, and its checksum, if it has one, is right
    std::string damage = {};  ///< why the member cannot be unpacked; "" when it can
  };

  virtual ~Unpacker() = default;

  /// gzip or zstd.
  [[nodiscard]] virtual const char* name() const = 0;
  /// Whether a member begins with these bytes, four of them unless the file ends before.
  [[nodiscard]] virtual bool begins_member(std::string_view ahead) const = 0;
  virtual void begin_member() = 0;
  [[nodiscard]] virtual Step step(std::string_view packed, char* into, std::size_t size) = 0;
};

/// The unpacker for a file that begins so; null when it is not packed.
[[nodiscard]] std::unique_ptr<Unpacker> unpacker_for(std::string_view head);

}  // namespace fleetmeter::decode
