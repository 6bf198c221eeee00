// A packed table gives back what it took, cell by cell and kind by kind.

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "report/packed_table.hpp"
#include "support/catch.hpp"

using namespace fleetmeter;

TEST_CASE("a packed table gives back every cell as it came", "[report]") {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::vector<Cell>> rows{
      {nullptr, std::int64_t{0}, Int128(0), std::string()},
      {std::string("a\0b", 3), std::int64_t{-1}, Int128(-1), std::string("x")},
      {std::string("x"), kLeast, Int128(kLeast), std::string("x")},
      {Decimal(1234, 2), kMost, Int128(kMost), Bytes{"\x01"}},
      {1.5, std::int64_t{127}, Int128(kMost) + 1, std::string(300, 'y')},
      {nullptr, std::int64_t{-64}, Int128(kLeast) * 1000, std::string("x")},
  };
  report::PackedTable packed;
  packed.columns({"a", "b", "c", "d"});
  for (const auto& row : rows) {
    packed.row(row);
  }
  const report::PackedTable moved = std::move(packed);
  Table table;
  moved.give_to(table);
  CHECK(table.names == std::vector<std::string>{"a", "b", "c", "d"});
  REQUIRE(table.rows.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO(i);
    CHECK(table.rows[i] == rows[i]);
  }
}

TEST_CASE("a packed table without rows still has its columns", "[report]") {
  report::PackedTable packed;
  packed.columns({"a"});
  Table table;
  packed.give_to(table);
  CHECK(table.names.size() == 1);
  CHECK(table.rows.empty());
}
