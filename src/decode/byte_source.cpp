#include "decode/byte_source.hpp"

#include <utility>

#include "decode/file_source.hpp"
#include "decode/packed_source.hpp"
#include "decode/unpacker.hpp"
#include "decode/utf16_source.hpp"

namespace fleetmeter::decode {

namespace {

std::unique_ptr<ByteSource> unpacked(std::unique_ptr<RawSource> file) {
  if (auto unpacker = unpacker_for(file->head())) {
    return as_utf8(std::make_unique<PackedSource>(std::move(file), std::move(unpacker)));
  }
  if (utf16_order(file->head())) {
    return as_utf8(std::move(file));
  }
  return file;
}

}  // namespace

std::unique_ptr<ByteSource> open_source(const std::string& path, std::function<void()> on_pause) {
  return unpacked(std::make_unique<FileSource>(path, std::move(on_pause)));
}

std::unique_ptr<ByteSource> open_given(const std::string& name, Reading read) {
  return unpacked(std::make_unique<GivenSource>(name, std::move(read)));
}

}  // namespace fleetmeter::decode
