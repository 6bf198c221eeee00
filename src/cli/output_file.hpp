#pragma once

#include <sys/stat.h>

#include <ostream>
#include <string>

#include "cli/output_stream.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::cli {

/// A descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  /// Takes a descriptor over; a negative one is none.
  void take(int number) { number_ = number; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

/// The place that -o names. A regular file appears there whole or not at all: it is written under
/// another name beside its place, and finish() moves it there. A device or a FIFO stays what it is
/// and takes the bytes as they come. A link stays a link: the file behind it is written.
class OutputFile {
 public:
  /// Throws Error(cannot_create, permission, io).
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Writes throw OutputStream::ReaderGone, or Error.
  [[nodiscard]] std::ostream& stream() { return stream_.stream(); }

  /// Call it once, when everything is written. Without it nothing is at the place.
  void finish();

 private:
  int open_place();
  int open_beside(const struct stat* replaced);
  void keep_owner_and_mode(const struct stat& replaced);
  [[nodiscard]] Error failed(int code) const;

  std::string path_;       ///< as the user named it: for messages
  std::string place_;      ///< what it leads to
  std::string temporary_;  ///< empty: the place itself is written to
  Descriptor descriptor_;
  OutputStream stream_;
};

}  // namespace fleetmeter::cli
