#pragma once

#include <string>

#include "decode/byte_source.hpp"

namespace fleetmeter::bench {

/// Newline-delimited polls of a small simulated fleet: 30 minutes of 40 processes, about 2 MB.
[[nodiscard]] const std::string& small_archive();

/// How many records of processes they hold.
[[nodiscard]] std::int64_t records_of(const std::string& archive);

/// Bytes that are in memory already.
class MemorySource final : public decode::ByteSource {
 public:
  explicit MemorySource(const std::string& bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] const char* encoding() const override { return "plain"; }

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

/// A file that is gone when this is; in memory where there is a file system for that.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& name);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Removes it, and what SQLite put beside it.
  void remove() const;

 private:
  std::string path_;
};

}  // namespace fleetmeter::bench
