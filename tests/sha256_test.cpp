#include "base/sha256.hpp"

#include <catch2/catch.hpp>
#include <utility>

namespace base = fleetmeter::base;

TEST_CASE("a digest is that of FIPS 180-4, in whatever pieces the bytes come", "[base]") {
  const std::string text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  const std::string expected = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
  base::Sha256Stream stream;
  for (std::size_t size = 1; size <= text.size(); ++size) {
    for (std::size_t at = 0; at < text.size(); at += size) {
      stream.update(std::string_view(text).substr(at, size));
    }
    CHECK(base::to_hex(base::as_bytes(stream.finish())) == expected);
  }
  CHECK(base::to_hex(base::as_bytes(base::sha256(""))) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("base64 is that of RFC 4648, chapter 10", "[base]") {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"},
                                                          {"\xfb\xff\xfe", "+//+"}};
  for (const auto& [bytes, text] : examples) {
    CHECK(base::to_base64(bytes) == text);
  }
}
