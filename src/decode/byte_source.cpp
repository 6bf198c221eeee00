#include "decode/byte_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "fleetmeter/error.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kPackedBlock = 256 * 1024;
constexpr int kPause_ms = 100;

/// The file itself, with the first bytes kept so that its kind can be told before it is read.
class FileSource final : public ByteSource {
 public:
  FileSource(const std::string& path, std::function<void()> on_pause)
      : path_(path), on_pause_(std::move(on_pause)) {
    may_pause_ = on_pause_ && is_pipe();
    if (path == "-") {
      fd_ = STDIN_FILENO;
    } else {
      if (may_pause_) {
        on_pause_();  // to open one may take until somebody writes
      }
      open_file();
    }
    head_.resize(4);
    std::size_t got = 0;
    while (got < head_.size()) {
      const std::size_t more = read_fd(head_.data() + got, head_.size() - got);
      if (more == 0) {
        break;
      }
      got += more;
    }
    head_.resize(got);
  }

  ~FileSource() override {
    if (fd_ > STDIN_FILENO) {
      close(fd_);
    }
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  [[nodiscard]] std::string_view head() const { return head_; }

  std::size_t read(char* into, std::size_t size) override {
    if (head_used_ < head_.size()) {
      const std::size_t count = head_.copy(into, size, head_used_);
      head_used_ += count;
      return count;
    }
    return read_fd(into, size);
  }

  [[nodiscard]] const char* encoding() const override { return "plain"; }

 private:
  [[nodiscard]] bool is_pipe() const {
    struct stat status {};
    return (path_ == "-" ? fstat(STDIN_FILENO, &status) : stat(path_.c_str(), &status)) == 0 &&
           !S_ISREG(status.st_mode);
  }

  void open_file() {
    fd_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (fd_ < 0 || fstat(fd_, &status) != 0) {
      const ErrorKind kind = errno == EACCES || errno == EPERM     ? ErrorKind::permission
                             : errno == ENOENT || errno == ENOTDIR ? ErrorKind::no_input
                                                                   : ErrorKind::io;
      throw Error(kind, path_ + ": cannot be opened (" + std::strerror(errno) + ")");
    }
    if (S_ISDIR(status.st_mode)) {
      close(fd_);
      fd_ = -1;
      throw Error(ErrorKind::no_input,
                  path_ +
                      ": no archive in this folder (*.json, *.ndjson, *.jsonl, or one of "
                      "them .gz or .zst)");
    }
  }

  std::size_t read_fd(char* into, std::size_t size) {
    pollfd more{fd_, POLLIN, 0};
    while (may_pause_ && poll(&more, 1, kPause_ms) == 0) {
      on_pause_();
    }
    for (;;) {
      const ssize_t count = ::read(fd_, into, size);
      if (count >= 0) {
        return static_cast<std::size_t>(count);
      }
      if (errno != EINTR) {
        throw Error(ErrorKind::io, path_ + ": reading failed (" + std::strerror(errno) + ")");
      }
    }
  }

  std::string path_;
  std::function<void()> on_pause_;
  bool may_pause_ = false;
  int fd_ = -1;
  std::string head_;
  std::size_t head_used_ = 0;
};

/// A gzip file, of one member or many.
class GzipSource final : public ByteSource {
 public:
  GzipSource(std::string path, std::unique_ptr<ByteSource> packed)
      : path_(std::move(path)), packed_(std::move(packed)), block_(kPackedBlock) {
    check(inflateInit2(&stream_, 15 + 16));
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0 && !refill()) {
        if (inside_member_) {
          throw Error(ErrorKind::data, path_ + ": the gzip data ends early (truncated file)");
        }
        return 0;
      }
      inside_member_ = true;
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code == Z_STREAM_END) {
        inside_member_ = false;
        check(inflateReset(&stream_));
      } else if (code != Z_OK) {
        check(code);
      }
    }
    return size - stream_.avail_out;
  }

  [[nodiscard]] const char* encoding() const override { return "gzip"; }

 private:
  bool refill() {
    stream_.avail_in = static_cast<uInt>(packed_->read(block_.data(), block_.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(block_.data());
    return stream_.avail_in > 0;
  }

  void check(int code) const {
    if (code != Z_OK) {
      throw Error(ErrorKind::data, path_ + ": damaged gzip data (" +
                                       (stream_.msg != nullptr ? stream_.msg : zError(code)) + ")");
    }
  }

  std::string path_;
  std::unique_ptr<ByteSource> packed_;
  std::vector<char> block_;
  z_stream stream_{};
  bool inside_member_ = false;
};

/// A zstd file, of one frame or many.
class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::string path, std::unique_ptr<ByteSource> packed)
      : path_(std::move(path)),
        packed_(std::move(packed)),
        block_(kPackedBlock),
        stream_(ZSTD_createDStream(), ZSTD_freeDStream) {}

  std::size_t read(char* into, std::size_t size) override {
    ZSTD_outBuffer out{into, size, 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !holds_more_ && !refill()) {
        if (inside_frame_) {
          throw Error(ErrorKind::data, path_ + ": the zstd data ends early (truncated file)");
        }
        return 0;
      }
      const std::size_t left = ZSTD_decompressStream(stream_.get(), &out, &in_);
      if (ZSTD_isError(left) != 0) {
        throw Error(ErrorKind::data,
                    path_ + ": damaged zstd data (" + ZSTD_getErrorName(left) + ")");
      }
      inside_frame_ = left != 0;
      holds_more_ = inside_frame_ && out.pos == out.size;
    }
    return out.pos;
  }

  [[nodiscard]] const char* encoding() const override { return "zstd"; }

 private:
  bool refill() {
    in_ = {block_.data(), packed_->read(block_.data(), block_.size()), 0};
    return in_.size > 0;
  }

  std::string path_;
  std::unique_ptr<ByteSource> packed_;
  std::vector<char> block_;
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool inside_frame_ = false;
  bool holds_more_ = false;  ///< perhaps, for it filled what it was given
};

}  // namespace

std::unique_ptr<ByteSource> open_source(const std::string& path, std::function<void()> on_pause) {
  auto file = std::make_unique<FileSource>(path, std::move(on_pause));
  if (file->head().substr(0, 2) == "\x1F\x8B") {
    return std::make_unique<GzipSource>(path, std::move(file));
  }
  if (file->head() == "\x28\xB5\x2F\xFD") {
    return std::make_unique<ZstdSource>(path, std::move(file));
  }
  return file;
}

}  // namespace fleetmeter::decode
