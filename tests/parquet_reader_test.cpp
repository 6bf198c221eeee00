// What is written as Parquet is read again; whatever else the bytes are, they are refused.

#include <random>
#include <sstream>

#include "fleetmeter/error.hpp"
#include "parquet/reader.hpp"
#include "parquet/writer.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;

/// Some rows of three columns: a text, and integers with and without NULL.
Table some_rows(std::size_t count, std::mt19937_64& random) {
  Table table;
  table.names = {"name", "near", "far"};
  table.column_kinds = {CellKind::text, CellKind::integer, CellKind::integer};
  std::int64_t near = 0;
  for (std::size_t i = 0; i < count; ++i) {
    near += static_cast<std::int64_t>(random() % 7);
    const Cell far = random() % 4 == 0 ? Cell(nullptr) : Cell(static_cast<std::int64_t>(random()));
    table.rows.push_back({std::string(random() % 40, 'x') + "é", near, far});
  }
  return table;
}

std::string written(const Table& table) {
  std::ostringstream out;
  table.give_to(*parquet::make_writer(out));
  return out.str();
}

parquet::Reader reader_of(const std::string& bytes) {
  return {[&bytes](std::int64_t offset, std::int64_t size) {
            return bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
          },
          static_cast<std::int64_t>(bytes.size())};
}

/// Everything in a file, row by row.
std::vector<std::vector<Cell>> rows_of(const std::string& bytes) {
  const parquet::Reader reader = reader_of(bytes);
  std::vector<std::vector<Cell>> rows;
  for (std::size_t number = 0; number < reader.groups(); ++number) {
    const auto columns = reader.group(number);
    for (std::size_t row = 0; row < static_cast<std::size_t>(reader.rows_of(number)); ++row) {
      std::vector<Cell>& cells = rows.emplace_back();
      for (const auto& column : columns) {
        cells.push_back(column[row]);
      }
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("what is written as Parquet is read again", "[parquet]") {
  std::mt19937_64 random(19);
  for (const std::size_t count : {0U, 1U, 2U, 31U, 32U, 33U, 128U, 129U, 130U, 1000U, 70'000U}) {
    const Table table = some_rows(count, random);
    const std::string bytes = written(table);
    const parquet::Reader reader = reader_of(bytes);
    CHECK(reader.rows() == static_cast<std::int64_t>(count));
    REQUIRE(reader.columns().size() == 3);
    CHECK(reader.columns()[0].name == "name");
    CHECK(reader.columns()[0].kind == CellKind::text);
    CHECK(reader.columns()[2].kind == CellKind::integer);
    CHECK((rows_of(bytes) == table.rows));
  }
}

TEST_CASE("the least and the greatest integers are read again", "[parquet]") {
  Table table;
  table.names = {"n"};
  table.column_kinds = {CellKind::integer};
  for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                   std::numeric_limits<std::int64_t>::max(), std::int64_t{0},
                                   std::numeric_limits<std::int64_t>::min()}) {
    table.rows.push_back({value});
  }
  CHECK((rows_of(written(table)) == table.rows));
}

TEST_CASE("bytes that nobody wrote are refused, or read as something", "[parquet]") {
  std::mt19937_64 random(20);
  const std::string bytes = written(some_rows(300, random));
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string other = bytes;
    for (std::uint64_t change = 0; change <= random() % 3; ++change) {
      // The footer decides most, so most changes are there.
      const std::size_t back = random() % (random() % 2 == 0 ? 400 : other.size());
      other[other.size() - 1 - std::min(back, other.size() - 1)] = static_cast<char>(random());
    }
    if (random() % 10 == 0) {
      other.resize(random() % other.size());
    }
    try {
      static_cast<void>(rows_of(other));
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::data);
      refused += 1;
    }
  }
  CHECK(refused > 10'000);
}

TEST_CASE("a column that is neither text nor integers is refused by its place", "[parquet]") {
  Table table;
  table.names = {"d"};
  table.rows = {{0.5}};
  const std::string bytes = written(table);
  try {
    static_cast<void>(reader_of(bytes));
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == "footer: a column that holds neither integers nor text");
  }
}
