#include "decode/packed_bytes.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kBlock = 256 * 1024;

}  // namespace

PackedBytes::PackedBytes(std::unique_ptr<RawSource> file)
    : file_(std::move(file)), block_(kBlock), kept_(nullptr, std::fclose) {}

std::string_view PackedBytes::ahead(std::size_t least) {
  base::check(least <= block_.size(), "what is looked at together fits the block");
  if (end_ - at_ < least) {
    std::memmove(block_.data(), block_.data() + at_, end_ - at_);
    base_ += at_;
    end_ -= at_;
    at_ = 0;
    while (end_ < least) {
      const std::size_t count = read_more(block_.data() + end_, block_.size() - end_);
      if (count == 0) {
        break;
      }
      end_ += count;
    }
  }
  return {block_.data() + at_, end_ - at_};
}

/// Reads at base_ + end_: what was kept of a pipe, then the pipe itself.
std::size_t PackedBytes::read_more(char* into, std::size_t size) {
  const std::uint64_t from = base_ + end_;
  if (!file_->can_seek() && from < kept_to_) {
    const auto left = static_cast<std::size_t>(std::min<std::uint64_t>(size, kept_to_ - from));
    const ssize_t count =
        pread(fileno(kept_.get()), into, left, static_cast<off_t>(from - kept_from_));
    if (count <= 0) {
      throw SourceError(ErrorKind::io, file_->path() + ": a temporary file cannot be read");
    }
    return static_cast<std::size_t>(count);
  }
  const std::size_t count = file_->read(into, size);
  if (!file_->can_seek()) {
    keep(into, count);
  }
  return count;
}

void PackedBytes::keep(const char* bytes, std::size_t size) {
  if (!kept_) {
    kept_.reset(std::tmpfile());
  }
  const auto at = static_cast<off_t>(kept_to_ - kept_from_);
  for (std::size_t done = 0; done < size;) {
    const ssize_t count = !kept_ ? -1
                                 : pwrite(fileno(kept_.get()), bytes + done, size - done,
                                          at + static_cast<off_t>(done));
    if (count <= 0) {
      throw SourceError(ErrorKind::io,
                        file_->path() + ": no temporary file can be written for a packed pipe (" +
                            std::strerror(errno) + "); save it to a file first");
    }
    done += static_cast<std::size_t>(count);
  }
  kept_to_ += size;
}

void PackedBytes::forget_before() {
  if (kept_ && offset() == kept_to_ && ftruncate(fileno(kept_.get()), 0) == 0) {
    kept_from_ = kept_to_;
  }
}

void PackedBytes::go_back_to(std::uint64_t offset) {
  if (file_->can_seek()) {
    file_->seek(offset);
  }
  base_ = offset;
  at_ = end_ = 0;
}

}  // namespace fleetmeter::decode
