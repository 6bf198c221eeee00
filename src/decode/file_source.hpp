#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/file_descriptor.hpp"
#include "decode/byte_source.hpp"

namespace fleetmeter::decode {

/// The bytes of a file or of standard input as they are. The first ones are read at once, so that
/// it can be told how the file is packed before it is read.
class FileSource final : public ByteSource {
 public:
  FileSource(std::string path, std::function<void()> on_pause);

  /// The first four bytes, or all there are.
  [[nodiscard]] std::string_view head() const { return head_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] const char* encoding() const override { return "plain"; }

  /// Whether seek() works: not on a pipe.
  [[nodiscard]] bool can_seek() const { return begin_ >= 0; }
  /// The next read begins at this offset from where the source began.
  void seek(std::uint64_t offset);

 private:
  void open_file();
  void read_head();
  [[nodiscard]] bool is_pipe() const;
  [[nodiscard]] std::size_t read_fd(char* into, std::size_t size);

  std::string path_;
  std::function<void()> on_pause_;
  bool may_pause_ = false;  ///< it is a pipe, and somebody wants to know when nothing comes
  base::FileDescriptor file_;
  std::int64_t begin_ = -1;  ///< where in the file reading began; -1 when that cannot be told
  std::string head_;
  std::size_t head_used_ = 0;  ///< how much of the head read() has given
};

}  // namespace fleetmeter::decode
