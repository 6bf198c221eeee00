// Tables on a terminal: what they do when there is too little room.

#include <sstream>
#include <string>
#include <vector>

#include "base/text_width.hpp"
#include "fleetmeter/table.hpp"
#include "support/catch.hpp"

namespace fleetmeter {

namespace {

using Row = std::vector<Cell>;

Cell text(const std::string& value) {
  return value;
}
Cell integer(std::int64_t value) {
  return value;
}

std::string fitted(const std::vector<std::string>& names, const std::vector<Row>& rows,
                   std::size_t width, bool color = false) {
  Table table;
  table.names = names;
  table.rows = rows;
  std::ostringstream out;
  table.give_to(*make_writer(Format::table, out, {.color = color, .width = width}));
  return out.str();
}

std::size_t widest_line(const std::string& shown) {
  std::istringstream lines(shown);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, base::width_of(line));
  }
  return widest;
}

}  // namespace

TEST_CASE("fit: names are broken at their spaces first, from the right") {
  const std::vector<std::string> names{"region", "open_processes", "unmetered_processes"};
  const std::vector<Row> rows{{text("Tokyo"), integer(3), integer(14)}};
  const std::string whole =
      "region  open processes  unmetered processes\n"
      "Tokyo                3                   14\n";
  CHECK(fitted(names, rows, 0) == whole);
  CHECK(fitted(names, rows, 43) == whole);
  CHECK(fitted(names, rows, 42) ==
        "                        unmetered\n"
        "region  open processes  processes\n"
        "Tokyo                3         14\n");
  CHECK(fitted(names, rows, 32) ==
        "             open  unmetered\n"
        "region  processes  processes\n"
        "Tokyo           3         14\n");
}

TEST_CASE("fit: ids become as short as they can be told apart by") {
  const std::vector<Row> rows{{text("00fc104d-f33f-4cb5-a6e7-495f7b4bdb8a")},
                              {text("0162539e-e44b-4cb5-a6e7-495f7b4bdb8a")},
                              {text("0162539e-e44c-4cb5-a6e7-495f7b4bdb8a")},
                              {text("")}};
  CHECK(fitted({"process_id"}, rows, 36).find("00fc104d-f33f-4cb5-a6e7-495f7b4bdb8a\n") !=
        std::string::npos);
  CHECK(fitted({"process_id"}, rows, 35) ==
        "process id\n"
        "00fc104d\n"
        "0162539e-e44b\n"
        "0162539e-e44c\n"
        "\n");
  CHECK(fitted({"app_id"}, {{text("app-9c5a70fe-3f73-4806-aa49-12d827248e2a")}}, 20) ==
        "app id\napp-9c5a\n");
}

TEST_CASE("fit: what people named is no id, and is not cut so that two names look alike") {
  const std::vector<Row> rows{{text("matchmaking-production-europe"), integer(1)},
                              {text("matchmaking-production-asia"), integer(2)}};
  CHECK(fitted({"app_id", "n"}, rows, 30) ==
        "app id                       n\n"
        "matchmaking-production-eu\xE2\x80\xA6  1\n"
        "matchmaking-production-as\xE2\x80\xA6  2\n");
  // With less room they could not be told apart.
  CHECK(fitted({"app_id", "n"}, rows, 27) ==
        "app id  matchmaking-production-\n"
        "        europe\n"
        "n       1\n"
        "\n"
        "app id  matchmaking-production-asia\n"
        "n       2\n");
}
