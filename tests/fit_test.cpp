// Tables on a terminal: what they do when there is too little room.

#include <sstream>
#include <string>
#include <vector>

#include "base/text_width.hpp"
#include "fleetmeter/table.hpp"
#include "support/catch.hpp"
#include "support/cells.hpp"

namespace fleetmeter {

namespace {

using test::integer;
using test::Row;
using test::text;

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
  // The word of a total does not keep the others long.
  CHECK(fitted({"process_id"}, {rows.front(), {text("total")}}, 20) ==
        "process id\n00fc104d\ntotal\n");
  CHECK(fitted({"app_id"}, {{text("app-9c5a70fe-3f73-4806-aa49-12d827248e2a")}}, 20) ==
        "app id\napp-9c5a\n");
}

TEST_CASE("fit: what people named is no id, and is not cut so that two names look alike") {
  const std::vector<Row> rows{{text("matchmaking-production-europe"), integer(1)},
                              {text("matchmaking-production-asia"), integer(2)}};
  CHECK(fitted({"app_id", "n"}, rows, 30) ==
        "app id                       n\n"
        "matchmaking-production-      1\n"
        "europe\n"
        "matchmaking-production-asia  2\n");
  // With less that they have in common, what is left of them tells them apart.
  const std::vector<Row> others{{text("production-matchmaking-eu"), integer(1)},
                                {text("staging-matchmaking"), integer(2)}};
  CHECK(fitted({"app_id", "n"}, others, 20) ==
        "app id             n\n"
        "production-match\xE2\x80\xA6  1\n"
        "staging-matchmak\xE2\x80\xA6  2\n");
}

TEST_CASE("fit: milliseconds go before anything is cut, and empty columns before names are long") {
  const std::vector<std::string> names{"at_ms", "rooms_per_process", "region"};
  const std::vector<Row> rows{{integer(1'730'449'800'999), nullptr, text("Tokyo")}};
  CHECK(fitted(names, rows, 60) ==
        "                      at  rooms per process  region\n"
        "2024-11-01T08:30:00.999Z                     Tokyo\n");
  // Cut, not rounded: nothing seems later than it was.
  CHECK(fitted(names, rows, 40) ==
        "                      rooms per\n"
        "                  at  process    region\n"
        "2024-11-01T08:30:00Z             Tokyo\n");
  CHECK(fitted(names, rows, 30) ==
        "                  at  region\n"
        "2024-11-01T08:30:00Z  Tokyo\n");
}

TEST_CASE("fit: sentences go on in the next line, with nothing lost") {
  const std::vector<std::string> names{"flag", "evidence"};
  const std::vector<Row> rows{
      {text("gone"), text("no end is known; last seen at noon, and not later")},
      {text("open"), text("short")}};
  CHECK(fitted(names, rows, 36) ==
        "flag  evidence\n"
        "gone  no end is known; last seen at\n"
        "      noon, and not later\n"
        "open  short\n");
}

TEST_CASE("fit: numbers are never cut; where nothing helps, each row is a block") {
  const std::vector<std::string> names{"region", "egress_bytes", "egress_bytes_lo", "note"};
  const std::vector<Row> rows{
      {text("Tokyo"), integer(1'234'567), integer(1'000), text("closed: hi is a true bound")},
      {text("London"), integer(5), nullptr, text("")}};
  CHECK(fitted(names, rows, 24) ==
        "region     Tokyo\n"
        "egress     1.23 MB\n"
        "egress lo  1.00 kB\n"
        "note       closed: hi is\n"
        "           a true bound\n"
        "\n"
        "region     London\n"
        "egress     5 B\n");
}

TEST_CASE("fit: without rows there is no table that would not fit") {
  CHECK(fitted({"app_id", "region"}, {}, 80) == "app id  region\n");
  CHECK(fitted({"app_id", "region"}, {}, 10) == "no rows\n");
  CHECK(fitted({"app_id", "region"}, {}, 0) == "app id  region\n");
}

TEST_CASE("fit: wide characters keep columns aligned") {
  const std::vector<Row> rows{{text("\xE6\x9D\xB1\xE4\xBA\xAC"), integer(1)},
                              {text("\xF0\x9F\x8E\xAE Rio"), integer(22)}};
  CHECK(fitted({"region", "n"}, rows, 80) ==
        "region   n\n"
        "\xE6\x9D\xB1\xE4\xBA\xAC     1\n"
        "\xF0\x9F\x8E\xAE Rio  22\n");
}

TEST_CASE("fit: no line is wider than the terminal, whatever is in the table") {
  std::vector<std::string> names;
  std::vector<Row> rows(3);
  for (int column = 0; column < 14; ++column) {
    names.push_back(column % 3 == 0 ? "some_count_of_things"
                                    : "some_name_" + std::to_string(column));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      rows[row].push_back(column % 3 == 0 ? integer(1'000'000 + column)
                                          : text(std::string(10 + row * 7, 'x')));
    }
    for (std::size_t width = 40; width < 200; width += 7) {
      CHECK(widest_line(fitted(names, rows, width)) <= width);
      // Colour takes no room.
      std::string colored = fitted(names, rows, width, true);
      for (const std::string code : {"\x1b[1m", "\x1b[2m", "\x1b[0m"}) {
        for (std::size_t at = 0; (at = colored.find(code)) != std::string::npos;) {
          colored.erase(at, code.size());
        }
      }
      CHECK(colored == fitted(names, rows, width));
    }
  }
}

}  // namespace fleetmeter
