#include <algorithm>
#include <cstring>
#include <istream>

#include "decode/byte_source.hpp"
#include "fleetmeter/ingest.hpp"

namespace fleetmeter {

Input input_of(std::string name, std::span<const std::byte> bytes) {
  return {std::move(name), [rest = bytes](char* into, std::size_t size) mutable {
            const std::size_t count = std::min(size, rest.size());
            if (count > 0) {
              std::memcpy(into, rest.data(), count);
              rest = rest.subspan(count);
            }
            return count;
          }};
}

Input input_of(std::string name, std::istream& stream) {
  std::string called = name;
  return {std::move(name), [&stream, called = std::move(called)](char* into, std::size_t size) {
            stream.read(into, static_cast<std::streamsize>(size));
            if (stream.bad()) {
              throw decode::SourceError(ErrorKind::io, called + ": reading failed");
            }
            return static_cast<std::size_t>(stream.gcount());
          }};
}

}  // namespace fleetmeter
