#include "decode/unpacker.hpp"

#include <zlib.h>
#include <zstd.h>

#include <new>

namespace fleetmeter::decode {

namespace {

class Gzip final : public Unpacker {
 public:
  Gzip() {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Gzip() override { inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  [[nodiscard]] const char* name() const override { return "gzip"; }
  [[nodiscard]] bool begins_member(std::string_view ahead) const override {
    return ahead.substr(0, 2) == "\x1F\x8B";
  }
  void begin_member() override { inflateReset(&stream_); }

  [[nodiscard]] Step step(std::string_view packed, char* into, std::size_t size) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(size);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    if (code == Z_MEM_ERROR) {
      throw std::bad_alloc();
    }
    Step step{packed.size() - stream_.avail_in, size - stream_.avail_out, code == Z_STREAM_END};
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      step.damage = stream_.msg != nullptr ? stream_.msg : zError(code);
    }
    return step;
  }

 private:
  z_stream stream_{};
};

class Zstd final : public Unpacker {
 public:
  Zstd() : stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
    if (!stream_) {
      throw std::bad_alloc();
    }
  }

  [[nodiscard]] const char* name() const override { return "zstd"; }
  /// A frame, or one that decoders skip, as pzstd writes them.
  [[nodiscard]] bool begins_member(std::string_view ahead) const override {
    return ahead.substr(0, 4) == "\x28\xB5\x2F\xFD" ||
           (ahead.size() >= 4 && (static_cast<unsigned char>(ahead[0]) & 0xF0U) == 0x50U &&
            ahead.substr(1, 3) == "\x2A\x4D\x18");
  }
  void begin_member() override { ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only); }

  [[nodiscard]] Step step(std::string_view packed, char* into, std::size_t size) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{into, size, 0};
    const std::size_t left = ZSTD_decompressStream(stream_.get(), &out, &in);
    if (ZSTD_isError(left) != 0) {
      return {in.pos, out.pos, false, ZSTD_getErrorName(left)};
    }
    return {in.pos, out.pos, left == 0};
  }

 private:
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
};

}  // namespace

std::unique_ptr<Unpacker> unpacker_for(std::string_view head) {
  auto gzip = std::make_unique<Gzip>();
  if (gzip->begins_member(head)) {
    return gzip;
  }
  auto zstd = std::make_unique<Zstd>();
  if (zstd->begins_member(head)) {
    return zstd;
  }
  return nullptr;
}

}  // namespace fleetmeter::decode
