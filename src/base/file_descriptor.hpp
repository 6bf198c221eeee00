#pragma once

#include <unistd.h>

#include <utility>

namespace fleetmeter::base {

/// Owns an open file: closes it when nobody reads it any more. Standard input is the shell's, and
/// is left open.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number = -1) : number_(number) {}
  ~FileDescriptor() {
    if (number_ > STDIN_FILENO) {
      close(number_);
    }
  }
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  /// What the system calls it; below 0 when no file is open.
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace fleetmeter::base
