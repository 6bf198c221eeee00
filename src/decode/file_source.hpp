#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/file_descriptor.hpp"
#include "decode/raw_source.hpp"

namespace fleetmeter::decode {

/// The bytes of a file or of standard input. Of what may keep its reader waiting, or have no end, a
/// pipe or a device, `on_pause` is told now and then; it may throw.
class FileSource final : public RawSource {
 public:
  FileSource(std::string name, std::function<void()> on_pause);

  [[nodiscard]] bool can_seek() const override { return begin_ >= 0; }
  void seek(std::uint64_t offset) override;

 private:
  void open_file();
  [[nodiscard]] std::size_t read_more(char* into, std::size_t size) override;

  std::function<void()> on_pause_;
  bool may_pause_ = false;  ///< reading may wait, and somebody wants to know when nothing comes
  std::size_t read_since_pause_ = 0;
  base::FileDescriptor file_;
  std::int64_t begin_ = -1;  ///< where in the file reading began; -1 when that cannot be told
};

}  // namespace fleetmeter::decode
