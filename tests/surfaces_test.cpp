// What reads bytes of strangers, beside archives: texts, documents about money, packed files. What
// the fuzzer was given and found is replayed, and damaged in ways of its own each time.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "fuzz/surfaces.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;

constexpr int kDamaged = 40;  // of each input

std::vector<std::string> corpus(const char* target) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::string(FLEETMETER_SOURCE_DIR "/fuzz/corpus_") + target)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> all;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return all;
}

/// Some bytes are others, are gone, or stand twice.
std::string damaged(std::string bytes, std::mt19937_64& random) {
  for (std::uint64_t left = 1 + random() % 4; left > 0 && !bytes.empty(); --left) {
    const std::size_t at = random() % bytes.size();
    const std::size_t length = 1 + random() % std::min<std::size_t>(16, bytes.size() - at);
    switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, length));
        break;
      default:
        bytes.resize(at);
    }
  }
  return bytes;
}

using Broken = std::string (*)(std::string_view);

void replay(const char* target, Broken broken) {
  std::mt19937_64 random(7);
  const std::vector<std::string> inputs = corpus(target);
  REQUIRE(inputs.size() > 5);
  for (const std::string& input : inputs) {
    INFO(printable(input, 2000));
    CHECK(broken(input) == "");
    for (int i = 0; i < kDamaged; ++i) {
      const std::string bytes = damaged(input, random);
      INFO(printable(bytes, 2000));
      CHECK(broken(bytes) == "");
    }
  }
}

}  // namespace

TEST_CASE("surfaces: whatever text is handed in, what is made of it is the same again") {
  replay("texts", fuzz::broken_by_text);
}

TEST_CASE("surfaces: whatever stands in a document about money, what is wrong has a reason") {
  replay("money", fuzz::broken_by_money);
}

TEST_CASE("surfaces: what is read from a file of pruned rows is read again when written anew") {
  replay("parquet", fuzz::broken_by_parquet);
}

TEST_CASE("surfaces: a packed source gives the same however it comes in pieces") {
  replay("packed", fuzz::broken_by_packed);
}
