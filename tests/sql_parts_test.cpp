// The parts of SQL files: put in whole, and only where what they need is there. Tests the build's
// own tool, src/sqlc.

#include "sqlc/parts.hpp"

#include <algorithm>

#include "support/catch.hpp"

namespace {

using fleetmeter::sqlc::Fault;
using fleetmeter::sqlc::File;
using fleetmeter::sqlc::Parts;

File part(const std::string& name, const std::string& needs, const std::string& body) {
  return {"queries/parts/" + name + ".sql",
          "-- " + name + ": one row is one.\n-- needs: " + needs + "\n\n" + body};
}

File query(const std::string& text) {
  return {"queries/some.sql", text};
}

std::string fault_of(const std::vector<File>& parts, const File& file) {
  try {
    Parts all(parts);
    static_cast<void>(all.put_into(file));
    all.expect_all_used();
    return "";
  } catch (const Fault& fault) {
    return fault.what();
  }
}

const File kOne = part("one", "nothing", "-- Why.\none AS (\n  SELECT 1 AS n\n)\n");
const File kTwo = part("two", "one", "two AS MATERIALIZED (\n  SELECT n FROM one\n)\n");
const File kColumns = part("columns", "owner", "owner.n AS n,\nowner.n + 1 AS next\n");

}  // namespace

TEST_CASE("a part stands where a file asks for it, as deep, with its comma", "[sql]") {
  Parts parts({kOne, kTwo, kColumns});
  CHECK(parts.put_into(query("WITH\n-- part: one,\n-- part: two\nSELECT\n  -- part: columns,\n  2\n"
                             "FROM two AS owner;\n")) ==
        "WITH\n-- Why.\none AS (\n  SELECT 1 AS n\n),\n"
        "two AS MATERIALIZED (\n  SELECT n FROM one\n)\n"
        "SELECT\n  owner.n AS n,\n  owner.n + 1 AS next,\n  2\nFROM two AS owner;\n");
  parts.expect_all_used();
}

TEST_CASE("a part is put only where what it needs is there", "[sql]") {
  const std::string both = "WITH\n-- part: one,\n-- part: two\nSELECT n FROM two;\n";
  CHECK(fault_of({kOne, kTwo}, query(both)).empty());
  CHECK(fault_of({kOne, kTwo}, query("WITH\n-- part: two,\n-- part: one\nSELECT n FROM two;\n")) ==
        "queries/parts/two.sql: needs one, which nothing above it in queries/some.sql defines");
  CHECK(fault_of({kTwo}, query("WITH one AS (SELECT 1),\n-- part: two\nSELECT n FROM two;\n"))
            .empty());
  CHECK(fault_of({kColumns}, query("SELECT\n  -- part: columns\nFROM t;\n")) ==
        "queries/parts/columns.sql: needs owner, which queries/some.sql does not read");
  CHECK(fault_of({kOne, kColumns}, query("WITH\n-- part: one\nSELECT n FROM one;\n")) ==
        "queries/parts/columns.sql:1: no file asks for this part");
  CHECK(fault_of({kOne}, query("WITH\n-- part: on\nSELECT 1;\n")) ==
        "queries/some.sql: no file is called queries/parts/on.sql");
  CHECK(fault_of({part("own", "nothing", "-- part: own\n")}, query("-- part: own\n")) ==
        "queries/parts/own.sql: goes round by queries/parts/own.sql");
  CHECK(fault_of({{"queries/parts/bare.sql", "-- bare: what it is\n\nbare AS (SELECT 1)\n"}},
                 query("SELECT 1;\n"))
            .rfind("queries/parts/bare.sql:1: a part begins with", 0) == 0);
}

TEST_CASE("every part of queries/parts is used, and has what it needs", "[sql]") {
  const std::filesystem::path root = FLEETMETER_SOURCE_DIR;
  const std::vector<File> files = fleetmeter::sqlc::files_of(root, "queries/parts");
  CHECK(files.size() >= 14);
  Parts parts(files);
  for (const char* folder : {"queries", "queries/ask", "queries/ingest"}) {
    for (const File& file : fleetmeter::sqlc::files_of(root, folder)) {
      INFO(file.path);
      CHECK_FALSE(parts.put_into(file).empty());
    }
  }
  CHECK_NOTHROW(parts.expect_all_used());
}
