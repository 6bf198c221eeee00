// The pages that people write: what they say of the source is so, and their lines can be read.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace {

std::string text_of(const std::string& file) {
  std::ifstream in(std::string(FLEETMETER_SOURCE_DIR) + "/" + file);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Names of source files without their extensions, by folder of src/.
using Stems = std::map<std::string, std::multiset<std::string>>;

/// The names in backticks at the beginning of a list item: "- `a`, `b`: what they do".
void add_names(std::string_view item, std::multiset<std::string>& names) {
  item = item.substr(0, item.find(':'));
  for (std::size_t open = item.find('`'); open != std::string_view::npos; open = item.find('`')) {
    item.remove_prefix(open + 1);
    const std::size_t close = item.find('`');
    names.emplace(item.substr(0, close));
    item.remove_prefix(close + 1);
  }
}

/// What the lists of ARCHITECTURE.md name, each below a heading with its folder: "### `base/`".
Stems listed_stems(const std::string& page) {
  Stems stems;
  std::string folder;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#", 0) == 0) {
      const bool is_folder = line.rfind("### `", 0) == 0;
      folder = is_folder ? line.substr(5, line.find('/') - 5) : "";
    } else if (!folder.empty() && line.rfind("- ", 0) == 0) {
      add_names(line, stems[folder]);
    }
  }
  return stems;
}

Stems stems_of_source() {
  std::map<std::string, std::set<std::string>> found;
  const std::filesystem::path root = std::string(FLEETMETER_SOURCE_DIR) + "/src";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() == ".hpp" || path.extension() == ".cpp") {
      found[path.parent_path().filename().string()].insert(path.stem().string());
    }
  }
  Stems stems;
  for (const auto& [folder, names] : found) {
    stems[folder].insert(names.begin(), names.end());
  }
  return stems;
}

/// How many characters a UTF-8 text has.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// The numbers of the lines of prose that are too long to be read. Tables, code, images, and what
/// script/bench writes between its marks are no prose.
std::vector<int> long_lines(const std::string& page) {
  constexpr std::size_t kLongest = 100;
  std::vector<int> found;
  bool is_code = false;
  bool is_made = false;
  int number = 0;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto begins = [&](std::string_view with) { return line.rfind(with, 0) == 0; };
    const std::size_t text = line.find_first_not_of(' ');
    const bool is_fence = text != std::string::npos && line.compare(text, 3, "```") == 0;
    is_code = is_code != is_fence;
    is_made = begins("<!-- bench:") || (is_made && !begins("<!-- /bench:"));
    if (!is_code && !is_made && !begins("|") && !begins("![") && length_of(line) > kLongest) {
      found.push_back(number);
    }
  }
  return found;
}

/// The pages that people write: those that are made from the source are left out.
std::vector<std::string> written_pages() {
  namespace fs = std::filesystem;
  const fs::path root = FLEETMETER_SOURCE_DIR;
  const std::set<std::string> made{"docs/queries.md", "docs/schema.md", "docs/answers.md"};
  std::vector<std::string> pages{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs")) {
    const std::string page = fs::relative(entry.path(), root).generic_string();
    if (entry.path().extension() == ".md" && made.count(page) == 0) {
      pages.push_back(page);
    }
  }
  return pages;
}

/// What the first group of a pattern matches, wherever it does.
std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    found.push_back((*at)[1]);
  }
  return found;
}

}  // namespace

TEST_CASE("every command is described in the README", "[docs]") {
  const std::string page = text_of("README.md");
  const auto commands =
      all_matches(text_of("src/cli/commands.cpp"), "\n +(?:return )?\\{?\\{\"([a-z]+)\", *\n? *\"");
  REQUIRE(commands.size() >= 20);
  for (const std::string& command : commands) {
    INFO(command);
    CHECK(std::regex_search(page, std::regex("\\| (?:`[^|]*`, )?`" + command + "\\b")));
  }
}

TEST_CASE("docs/answers.md lists every kind of row that has columns", "[docs]") {
  std::string headers;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(FLEETMETER_SOURCE_DIR) / "include/fleetmeter")) {
    headers += text_of("include/fleetmeter/" + entry.path().filename().string());
  }
  const std::string listed = text_of("tests/docs_test.cpp");
  const auto rows = all_matches(headers, "std::vector<Column<(\\w+)>>& columns\\(\\)");
  REQUIRE(rows.size() > 15);
  for (const std::string& row : rows) {
    INFO(row);
    CHECK(listed.find("describe_answer<" + row + ">") != std::string::npos);
  }
}

TEST_CASE("the README's program is the one that is built against the package", "[docs]") {
  const std::string program = text_of("tests/consumer/main.cpp");
  REQUIRE(!program.empty());
  CHECK(text_of("README.md").find("```cpp\n" + program + "```\n") != std::string::npos);
}

TEST_CASE("every source file is listed once in ARCHITECTURE.md, under its folder", "[docs]") {
  const Stems listed = listed_stems(text_of("ARCHITECTURE.md"));
  const Stems source = stems_of_source();
  REQUIRE(source.size() > 10);
  for (const auto& [folder, stems] : source) {
    INFO(folder);
    const auto found = listed.find(folder);
    REQUIRE(found != listed.end());
    CHECK(found->second == stems);
  }
  CHECK(listed.size() == source.size());
}

TEST_CASE("a list names the files before its colon, and only below a folder's heading", "[docs]") {
  const Stems listed = listed_stems("### `a/`\n\n- `b`, `c`: not `d`.\n\n## Words\n\n- `e`: no.\n");
  CHECK(listed == Stems{{"a", {"b", "c"}}});
}

TEST_CASE("no line of prose is longer than 100 characters", "[docs]") {
  const std::vector<std::string> pages = written_pages();
  REQUIRE(pages.size() > 20);
  for (const std::string& page : pages) {
    INFO(page);
    CHECK(long_lines(text_of(page)) == std::vector<int>{});
  }
}

TEST_CASE("a long line of prose is found, and none of a table, of code or of a made part",
          "[docs]") {
  const std::string wide(101, 'x');
  std::string umlauts;
  for (int i = 0; i < 100; ++i) {
    umlauts += "\u00fc";
  }
  CHECK(long_lines("short\n" + wide + "\n- " + wide + "\n") == std::vector<int>{2, 3});
  CHECK(long_lines("```\n" + wide + "\n```\n\n" + wide + "\n") == std::vector<int>{5});
  CHECK(long_lines("1. a\n\n   ```sql\n   " + wide + "\n   ```\n" + wide) == std::vector<int>{6});
  CHECK(long_lines("<!-- bench:a -->\n" + wide + "\n<!-- /bench:a -->\n" + wide) ==
        std::vector<int>{4});
  CHECK(long_lines("| " + wide + " |\n![" + wide + "](a.png)\n" + umlauts + "\n\n").empty());
}
