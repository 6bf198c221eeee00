// Texts, long integers, digests and ids.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "base/text_width.hpp"
#include "base/uuid.hpp"
#include "fleetmeter/int128.hpp"
#include "support/catch.hpp"
#include "support/times.hpp"

namespace fleetmeter::base {

TEST_CASE("base: a UUID is packed only when its text comes back") {
  const std::string usual = "b680ae65-16e7-4d74-a088-4350432723a5";
  const std::optional<UuidBytes> packed = packed_uuid(usual);
  REQUIRE(packed);
  CHECK(packed->size() == 16);
  CHECK(uuid_text({packed->data(), packed->size()}) == usual);
  for (const char* other :
       {"", "stay", "B680AE65-16e7-4d74-a088-4350432723a5", "b680ae6516e7-4d74-a088-4350432723a5-",
        "b680ae65-16e7-4d74-a088-4350432723a", "b680ae65-16e7-4d74-a088-4350432723a5 ",
        "b680ae65-16e7-4d74-a088-4350432723g5", "b680ae6--16e7-4d74-a088-4350432723a5"}) {
    INFO(other);
    CHECK_FALSE(packed_uuid(other));
  }
}

TEST_CASE("base: 128-bit integers are written in full") {
  const Int128 one = 1;
  CHECK(to_text(0) == "0");
  CHECK(to_text(-1) == "-1");
  CHECK(to_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(to_text(one << 64) == "18446744073709551616");
  CHECK(to_text(-(one << 64)) == "-18446744073709551616");
  const Int128 most = ((one << 126) - 1) * 2 + 1;
  CHECK(to_text(most) == "170141183460469231731687303715884105727");
  CHECK(to_text(-most - 1) == "-170141183460469231731687303715884105728");
  CHECK(to_text(Int128{10'000'000'000} * 10'000'000'000) == "100000000000000000000");
}

TEST_CASE("base: printable text moves no cursor") {
  CHECK(printable("plain") == "plain");
  CHECK(printable("caf\xC3\xA9 \xF0\x9F\x8E\xAE") == "caf\xC3\xA9 \xF0\x9F\x8E\xAE");
  CHECK(printable("a\x1b[31mb") == "a\\u001b[31mb");
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\u0000b");
  CHECK(printable("a\nb\tc\rd\x7f") == "a\\u000ab\\u0009c\\u000dd\\u007f");
  CHECK(printable("a\xC2\x9B"
                  "31m") == "a\\u009b31m");  // CSI as one code point
  CHECK(printable("a\xFF"
                  "b\xC3") ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD");
  CHECK(printable("\xED\xA0\x80").find('\xED') == std::string::npos);
}

TEST_CASE("base: two texts that differ do not look the same") {
  CHECK(printable("us\xE2\x80\xAE-east") == "us\\u202e-east");  // written backwards
  CHECK(printable("a\xE2\x80\x8B") == "a\\u200b");              // a space of no width
  CHECK(printable("\xEF\xBB\xBF"
                  "a") == "\\ufeffa");
  CHECK(printable("a\xE2\x81\xA6"
                  "b\xD8\x9C") == "a\\u2066b\\u061c");
  CHECK(printable("\xE2\x80\x9Cq\xE2\x80\x9D \xE2\x82\xAC") ==
        "\xE2\x80\x9Cq\xE2\x80\x9D \xE2\x82\xAC");
}

TEST_CASE("base: printable text is cut at a character, within its limit") {
  const std::string dots = "\xE2\x80\xA6";
  CHECK(printable("0123456789", 10) == "0123456789");
  CHECK(printable("01234567890", 10) == "0123456789" + dots);
  std::size_t over_limit = 0;
  for (std::size_t limit = 1; limit < 40; ++limit) {
    for (const char* text : {"ab\xE2\x82\xAC\xE2\x82\xAC"
                             "cd\xF0\x9F\x8E\xAE"
                             "efgh\xC3\xA9ijk",
                             "a\x01"
                             "bc\x1b[0m\x7f"
                             "defgh\xFF\xFE"}) {
      const std::string shown = printable(text, limit);
      CHECK(find_invalid_utf8(shown) == shown.size());
      const bool cut = shown.size() >= dots.size() &&
                       shown.compare(shown.size() - dots.size(), dots.size(), dots) == 0;
      over_limit += shown.size() - (cut ? dots.size() : 0) > limit ? 1U : 0U;
    }
  }
  CHECK(over_limit == 0);
}

TEST_CASE("base: what somebody meant") {
  const std::vector<std::string> names{"ingest", "billing", "egress", "day", "days", "region"};
  CHECK(did_you_mean("ingset", names) == " \xE2\x80\x94 did you mean ingest?");
  CHECK(did_you_mean("egres", names) == " \xE2\x80\x94 did you mean egress?");
  CHECK(did_you_mean("dayx", names) == " \xE2\x80\x94 did you mean day or days?");
  CHECK(did_you_mean("xyzzy", names).empty());
  CHECK(did_you_mean("", names).empty());
  CHECK(did_you_mean(std::string(100'000, 'x'), names).empty());
}

TEST_CASE("base: invalid UTF-8 is found where it begins") {
  const auto whole = [](std::string_view text) { return find_invalid_utf8(text) == text.size(); };
  CHECK(whole(""));
  CHECK(whole("plain"));
  CHECK(whole("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
  CHECK(whole("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  CHECK(find_invalid_utf8("ab\x80") == 2);
  CHECK(find_invalid_utf8("\xC3") == 0);
  CHECK(find_invalid_utf8("a\xC0\x80") == 1);          // overlong
  CHECK(find_invalid_utf8("a\xC1\xBF") == 1);          // overlong
  CHECK(find_invalid_utf8("a\xE0\x9F\xBF") == 1);      // overlong
  CHECK(find_invalid_utf8("a\xED\xA0\x80") == 1);      // surrogate
  CHECK(find_invalid_utf8("a\xF0\x8F\xBF\xBF") == 1);  // overlong
  CHECK(find_invalid_utf8("a\xF4\x90\x80\x80") == 1);  // above U+10FFFF
  CHECK(find_invalid_utf8("a\xF5\x80\x80\x80") == 1);
  CHECK(find_invalid_utf8("a\xE2\x82"
                          "b") == 1);
  CHECK(find_invalid_utf8("a\xE2\x82") == 1);
}

TEST_CASE("base: a width is what a terminal needs") {
  CHECK(width_of("") == 0);
  CHECK(width_of("abc") == 3);
  CHECK(width_of("caf\xC3\xA9") == 4);
  CHECK(width_of("cafe\xCC\x81") == 4);              // an accent of its own
  CHECK(width_of("\xE6\x9D\xB1\xE4\xBA\xAC") == 4);  // Tokyo in Japanese
  CHECK(width_of("\xF0\x9F\x8E\xAE") == 2);          // an emoji
  CHECK(width_of("\xFF") == 1);
  CHECK(count_characters("\xE6\x9D\xB1\xE4\xBA\xAC") == 2);
}

TEST_CASE("base: a text is cut between its characters, and never wider than it may be") {
  CHECK(cut_to("caf\xC3\xA9", 4) == "caf\xC3\xA9");
  CHECK(cut_to("caf\xC3\xA9s", 4) == "caf\xE2\x80\xA6");
  CHECK(cut_to("\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC", 2) == "\xE2\x82\xAC\xE2\x80\xA6");
  CHECK(cut_to("\xE6\x9D\xB1\xE4\xBA\xAC", 3) == "\xE6\x9D\xB1\xE2\x80\xA6");
  CHECK(cut_to("\xE6\x9D\xB1\xE4\xBA\xAC", 2) == "\xE2\x80\xA6");
  CHECK(cut_to("\xFF\xFF\xFF", 2) == "\xFF\xE2\x80\xA6");
  CHECK(cut_to("", 0).empty());
}

TEST_CASE("base: a text is broken at its spaces, and elsewhere only where it must be") {
  using Lines = std::vector<std::string>;
  CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 8) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 13) == Lines{"one two three"});
  CHECK(wrap("abcdefgh ij", 4) == Lines{"abcd", "efgh", "ij"});
  CHECK(wrap("", 4) == Lines{""});
  CHECK(wrap("as it is", 0) == Lines{"as it is"});
  CHECK(wrap("\xE6\x9D\xB1\xE4\xBA\xAC", 1) == Lines{"\xE6\x9D\xB1", "\xE4\xBA\xAC"});
}

TEST_CASE("base: SHA-256 in pieces is SHA-256 of the whole") {
  CHECK(to_hex(as_bytes(sha256(""))) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(as_bytes(sha256("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256Stream stream;
  for (const char* piece : {"a", "", "b", "c"}) {
    stream.update(piece);
  }
  CHECK(stream.finish() == sha256("abc"));
  stream.update("abc");  // finish() starts anew
  CHECK(stream.finish() == sha256("abc"));
}

}  // namespace fleetmeter::base
