// Every promise of the pages about trust names tests, and these are there.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "support/catch.hpp"

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The literal that begins at a quote, with those that follow it and are one with it.
std::string literal_at(const std::string& text, std::size_t at) {
  std::string literal;
  while (at < text.size() && text[at] == '"') {
    for (++at; text[at] != '"'; ++at) {
      literal += text[at];
    }
    at = text.find_first_not_of(" \n", at + 1);
  }
  return literal;
}

std::set<std::string> names_of_tests() {
  const std::string begin = "\nTEST_CASE(";
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(FLEETMETER_SOURCE_DIR "/tests")) {
    const std::string text = entry.path().extension() == ".cpp" ? text_of(entry.path()) : "";
    for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos; ++at) {
      names.insert(literal_at(text, text.find('"', at)));
    }
  }
  return names;
}

/// What stands between backticks in the last cell of each row of a page's tables that are about
/// tests.
std::set<std::string> named_in(const std::string& page) {
  std::istringstream lines(text_of(FLEETMETER_SOURCE_DIR "/docs/" + page));
  std::set<std::string> names;
  bool about_tests = false;
  for (std::string line; std::getline(lines, line);) {
    about_tests = line.rfind("| ", 0) == 0 ? about_tests || line.find("| tests |") != line.npos
                                           : line.rfind("|", 0) == 0 && about_tests;
    const std::string cell =
        about_tests ? line.substr(line.rfind(" | ") == line.npos ? 0 : line.rfind(" | ")) : "";
    for (std::size_t at = 0; (at = cell.find('`', at)) != cell.npos;) {
      const std::size_t end = cell.find('`', at + 1);
      names.insert(cell.substr(at + 1, end - at - 1));
      at = end + 1;
    }
  }
  return names;
}

}  // namespace

TEST_CASE("the tests that promises name are there", "[docs]") {
  const std::set<std::string> tests = names_of_tests();
  REQUIRE(tests.size() > 200);
  for (const auto& [page, least] :
       {std::pair("reliability.md", 20U), std::pair("security.md", 9U)}) {
    const std::set<std::string> named = named_in(page);
    INFO(page);
    CHECK(named.size() >= least);
    for (const std::string& name : named) {
      INFO(name);
      CHECK(tests.count(name) == 1);
    }
  }
}
