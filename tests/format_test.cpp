#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "fleetmeter/error.hpp"
#include "fleetmeter/table.hpp"
#include "format/people.hpp"
#include "support/catch.hpp"
#include "support/cells.hpp"

namespace fleetmeter {

namespace {

using test::integer;
using test::Row;
using test::text;

std::string written(Format format, const std::vector<std::string>& names,
                    const std::vector<Row>& rows, const FormatOptions& options = {}) {
  Table table;
  table.names = names;
  table.rows = rows;
  std::ostringstream out;
  table.give_to(*make_writer(format, out, options));
  return out.str();
}

/// One text cell in one row, without the head.
std::string one(Format format, const Cell& cell, const FormatOptions& options = {}) {
  const std::string all = written(format, {"x"}, {{cell}}, options);
  return all.substr(all.find('\n') + 1);
}

/// The rows that a reader by RFC 4180 finds in a CSV text.
std::vector<std::vector<std::string>> read_csv(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
      row.back() += csv[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      row.emplace_back();
    } else if (!quoted && c == '\n') {
      rows.push_back(row);
      row.assign(1, "");
    } else {
      row.back() += c;
    }
  }
  return rows;
}

const Int128 kBeyond = (Int128{1} << 100) + 1;  // 1267650600228229401496703205377

bool has_control(const std::string& output) {
  for (const char c : output) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) {
      return true;
    }
  }
  return output.find("\xC2\x9B") != std::string::npos;
}

const std::string kHostile =
    "a\x1b[31m\x07\tb\rc\nd\x7f\xC2\x9B"
    "31me";

}  // namespace

// ---- CSV and TSV

TEST_CASE("format: CSV quotes what needs quotes and nothing else") {
  CHECK(written(Format::csv, {"a", "b,c"}, {{integer(1), text("x")}}) == "a,\"b,c\"\n1,x\n");
  CHECK(one(Format::csv, text("plain text")) == "plain text\n");
  CHECK(one(Format::csv, text("a,b")) == "\"a,b\"\n");
  CHECK(one(Format::csv, text("a\"b")) == "\"a\"\"b\"\n");
  CHECK(one(Format::csv, text("\"")) == "\"\"\"\"\n");
  CHECK(one(Format::csv, text("a\nb")) == "\"a\nb\"\n");
  CHECK(one(Format::csv, text("a\rb")) == "\"a\rb\"\n");
  CHECK(one(Format::csv, text("a\tb")) == "a\tb\n");
  CHECK(one(Format::csv, text("=1+1")) == "=1+1\n");  // data as it is, unless asked
}

TEST_CASE("format: CSV reads back as what was written") {
  const std::vector<std::string> texts{
      "",     ",",         "\"",       "\n",     "\r\n",
      "\"\"", "a,\"b\"\n", "\xC3\xA9", kHostile, std::string("a\0b", 3),
      "'",    "=x",        " lead",    "trail "};
  std::vector<Row> rows;
  for (const std::string& value : texts) {
    rows.push_back({text(value), integer(7)});
  }
  const auto read = read_csv(written(Format::csv, {"x", "n"}, rows));
  REQUIRE(read.size() == texts.size() + 1);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(read[i + 1] == std::vector<std::string>{texts[i], "7"});
  }
}

TEST_CASE("format: TSV keeps one row on one line") {
  CHECK(one(Format::tsv, text("a\tb\nc\rd\\e\"f,g")) == "a\\tb\\nc\\rd\\\\e\"f,g\n");
  CHECK(written(Format::tsv, {"a", "b"}, {{nullptr, text("")}}) == "a\tb\n\t\n");
}

TEST_CASE("format: NULL is empty, a BLOB is hex, doubles read back") {
  const Cell blob = Bytes{std::string("\x00\xFF\x1b", 3)};
  CHECK(written(Format::csv, {"a", "b", "c"}, {{nullptr, blob, 0.1}}) == "a,b,c\n,X'00ff1b',0.1\n");
  CHECK(one(Format::csv, 2.0) == "2.0\n");
  CHECK(one(Format::csv, -0.0) == "-0.0\n");
  CHECK(one(Format::csv, 1e300) == "1e+300\n");
  for (const double value : {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 123456789.123}) {
    CHECK(std::strtod(one(Format::csv, value).c_str(), nullptr) == value);
  }
  CHECK(one(Format::csv, std::numeric_limits<double>::infinity()) == "Inf\n");
}

TEST_CASE("format: integers of any size are never rounded") {
  for (const Format format : {Format::csv, Format::tsv, Format::json, Format::ndjson}) {
    CHECK_THAT(written(format, {"n"}, {{Cell(kBeyond)}}),
               Catch::Contains("1267650600228229401496703205377"));
    CHECK_THAT(written(format, {"n"}, {{integer(9007199254740993)}}),
               Catch::Contains("9007199254740993"));
    CHECK_THAT(written(format, {"n"}, {{integer(std::numeric_limits<std::int64_t>::min())}}),
               Catch::Contains("-9223372036854775808"));
  }
}

TEST_CASE("format: csv_safe guards what a spreadsheet would run, and nothing else") {
  const FormatOptions safe{false, false, true};
  for (const std::string& formula :
       {std::string("=1+1"), std::string("+1"), std::string("-1"), std::string("@SUM(A1)"),
        std::string("\t=1"), std::string("\r=1"), std::string("\n=1"),
        std::string("=cmd|'/C calc'!A0")}) {
    for (const Format format : {Format::csv, Format::tsv}) {
      const std::string out = one(format, text(formula), safe);
      INFO(out);
      CHECK((out.front() == '\'' || out.substr(0, 2) == "\"'"));
    }
  }
  CHECK(one(Format::csv, text("plain=1"), safe) == "plain=1\n");
  CHECK(one(Format::csv, integer(-1), safe) == "-1\n");
  CHECK(one(Format::csv, -1.5, safe) == "-1.5\n");
  CHECK(one(Format::csv, Cell(-kBeyond), safe) == "-1267650600228229401496703205377\n");
  CHECK(one(Format::csv, nullptr, safe) == "\n");
  // A column of ad-hoc SQL can be called anything.
  CHECK(written(Format::csv, {"=1+1", "n"}, {}, safe) == "'=1+1,n\n");
}

// ---- JSON

TEST_CASE("format: JSON is JSON, with nothing lost") {
  const std::vector<Row> rows{
      {text("a\"\\\n\x1b\xC3\xA9"), nullptr, integer(-5), Cell(kBeyond), 1.5},
      {text(""), text("null"), integer(0), Cell(Int128{0}), 2.0}};
  const std::vector<std::string> names{"te\"xt", "null", "i", "wide", "real"};
  const std::string json = written(Format::json, names, rows);
  const auto parsed = nlohmann::json::parse(json);
  REQUIRE(parsed.size() == 2);
  CHECK(parsed[0]["te\"xt"] == "a\"\\\n\x1b\xC3\xA9");
  CHECK(parsed[0]["null"].is_null());
  CHECK(parsed[0]["i"] == -5);
  CHECK(parsed[1]["null"] == "null");
  CHECK(parsed[1]["real"].is_number_float());
  CHECK_THAT(json, Catch::Contains(":1267650600228229401496703205377,"));

  std::istringstream lines(written(Format::ndjson, names, rows));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    CHECK(nlohmann::json::parse(line) == parsed.at(count));
  }
  CHECK(count == 2);
  CHECK(written(Format::json, {"a"}, {}) == "[]\n");
  CHECK(written(Format::ndjson, {"a"}, {}).empty());
}

TEST_CASE("format: JSON survives what is not JSON's") {
  const double inf = std::numeric_limits<double>::infinity();
  for (const Cell& cell :
       {Cell(inf), Cell(-inf), Cell(std::nan("")), text("\xFF\xFE"), Cell(Bytes{"\x01"}),
        Cell(1e300), Cell(-0.0), text(std::string("a\0b", 3))}) {
    const std::string json = written(Format::json, {"x", "\xFFy"}, {{cell, cell}});
    INFO(json);
    CHECK(nlohmann::json::accept(json));
  }
}

// ---- for people

TEST_CASE("format: a table shows people's units, and the exact integers when asked") {
  const std::vector<std::string> names{"region", "billable_ms", "billable_ms_lo", "egress_bytes",
                                       "last_seen_ms"};
  const std::vector<Row> rows{
      {text("Tokyo"), integer(43'391'250), integer(0), integer(41'273'941'211), integer(0)}};
  CHECK(written(Format::table, names, rows) ==
        "region  billable  billable lo    egress                 last seen\n"
        "Tokyo    12.05 h       0.00 h  41.27 GB  1970-01-01T00:00:00.000Z\n");
  const std::string exact = written(Format::table, names, rows, {true, false, false});
  CHECK_THAT(exact, Catch::Contains("43391250"));
  CHECK_THAT(exact, Catch::Contains("41273941211"));
  CHECK_THAT(exact, Catch::Contains("billable_ms_lo"));
}

TEST_CASE("format: durations have two decimals, rounded to the nearest, by exact arithmetic") {
  using format::people_text;
  using format::Scale;
  using format::Unit;
  const auto in = [](Scale scale, std::int64_t ms) {
    return people_text(integer(ms), Unit::duration, scale);
  };
  CHECK(in(Scale::hours, 3'600'000) == "1.00 h");
  CHECK(in(Scale::hours, 17'999) == "0.00 h");
  CHECK(in(Scale::hours, 18'001) == "0.01 h");
  CHECK(in(Scale::hours, 18'000) == "0.00 h");  // a half goes to the even neighbour,
  CHECK(in(Scale::hours, 54'000) == "0.02 h");  // here to 0.02 and not to 0.01
  CHECK(in(Scale::hours, -43'391'250) == "-12.05 h");
  CHECK(in(Scale::minutes, 300'056) == "5.00 min");
  CHECK(in(Scale::seconds, 4'266) == "4.266 s");
  CHECK(in(Scale::hours, std::numeric_limits<std::int64_t>::max()) == "2562047788015.22 h");
}

TEST_CASE("format: the durations of a column and its bounds have one scale") {
  const auto shown = [](std::int64_t point, std::int64_t hi) {
    return written(Format::table, {"wait_ms", "wait_ms_hi"}, {{integer(point), integer(hi)}});
  };
  CHECK(shown(1'000, 3'600'000) == "  wait  wait hi\n0.00 h   1.00 h\n");
  CHECK(shown(1'000, 360'000) == "  wait  wait hi\n0.00 h   0.10 h\n");
  CHECK(shown(1'000, 359'999) == "    wait   wait hi\n0.02 min  6.00 min\n");
  CHECK(shown(1'000, 59'999) == "   wait   wait hi\n1.000 s  59.999 s\n");
  CHECK(shown(0, 0) == "  wait  wait hi\n0.00 h   0.00 h\n");
}

TEST_CASE("format: names are people's where units are, and never two alike") {
  const auto head = [](const std::vector<std::string>& names) {
    const std::string table = written(Format::table, names, {});
    return table.substr(0, table.size() - 1);
  };
  CHECK(head({"first_seen_ms"}) == "first seen");
  CHECK(head({"egress_bytes_lo"}) == "egress lo");
  CHECK(head({"billable_ms_change"}) == "billable change");
  CHECK(head({"open_processes"}) == "open processes");
  CHECK(head({"bytes"}) == "bytes");
  CHECK(head({"count(*)"}) == "count(*)");
  CHECK(head({"store", "store_bytes"}) == "store  store bytes");
}

TEST_CASE("format: units are cut, never rounded up, and have no end") {
  using format::people_text;
  using format::Unit;
  const auto bytes = [](Int128 value) { return people_text(Cell(value), Unit::bytes); };
  CHECK(bytes(0) == "0 B");
  CHECK(bytes(999) == "999 B");
  CHECK(bytes(1000) == "1.00 kB");
  CHECK(bytes(999'999) == "999.99 kB");
  CHECK(bytes(1'999'999'999) == "1.99 GB");
  CHECK(bytes(-1500) == "-1.50 kB");
  CHECK(bytes(1'009'000) == "1.00 MB");
  CHECK(bytes(Int128{1'000'000'000'000'000'000} * 1000) == "1000.00 EB");
  CHECK(people_text(integer(std::numeric_limits<std::int64_t>::min()), Unit::bytes) == "-9.22 EB");
  CHECK(people_text(Cell(kBeyond), Unit::duration) == "1267650600228229401496703205377");
  CHECK(people_text(Cell(kBeyond), Unit::instant) == "1267650600228229401496703205377");
  CHECK(people_text(Cell((Int128{1} << 64) + 5), Unit::instant) == "18446744073709551621");
  CHECK(people_text(integer(std::numeric_limits<std::int64_t>::max()), Unit::instant) ==
        "9223372036854775807");
  CHECK(people_text(nullptr, Unit::bytes).empty());
}

TEST_CASE("format: what a column holds is told by its name") {
  using format::Unit;
  using format::unit_of;
  CHECK(unit_of("billable_ms") == Unit::duration);
  CHECK(unit_of("billable_ms_lo") == Unit::duration);
  CHECK(unit_of("egress_bytes_hi") == Unit::bytes);
  CHECK(unit_of("observed_at_ms") == Unit::instant);
  CHECK(unit_of("last_seen_ms") == Unit::instant);
  CHECK(unit_of("from_ms") == Unit::instant);
  CHECK(unit_of("gap_ms") == Unit::duration);
  CHECK(unit_of("processes") == Unit::none);
  CHECK(unit_of("") == Unit::none);
  CHECK(unit_of("_lo") == Unit::none);
}

TEST_CASE("format: tables carry no control character, in cells or in names") {
  for (const Format format : {Format::table, Format::markdown}) {
    const std::string cells = written(format, {"x", "y"}, {{text(kHostile), text("z")}});
    CHECK_FALSE(has_control(cells));
    const std::string names = written(format, {kHostile, "y"}, {{text("a"), text("z")}});
    CHECK_FALSE(has_control(names));
  }
}

TEST_CASE("format: a table's columns are aligned, whatever is in them") {
  const std::string shown = written(Format::table, {"n", "text", "last"},
                                    {{integer(5), text("caf\xC3\xA9"), text("x")},
                                     {integer(12345), text("a"), text("yy")},
                                     {nullptr, text("\xE2\x82\xAC\xE2\x82\xAC"), nullptr}});
  CHECK(shown ==
        "    n  text  last\n"
        "    5  caf\xC3\xA9  x\n"
        "12345  a     yy\n"
        "       \xE2\x82\xAC\xE2\x82\xAC\n");
  CHECK(written(Format::table, {"a"}, {}) == "a\n");
}

TEST_CASE("format: colour dims the bounds only when asked") {
  const std::vector<Row> rows{{integer(1), integer(2)}};
  CHECK_FALSE(has_control(written(Format::table, {"x", "x_lo"}, rows)));
  CHECK_THAT(written(Format::table, {"x", "x_lo"}, rows, {false, true, false}),
             Catch::Contains("\x1b[2m"));
  CHECK_FALSE(has_control(written(Format::csv, {"x", "x_lo"}, rows, {false, true, false})));
}

TEST_CASE("format: markdown stays a table, and markup in data is inert") {
  CHECK(written(Format::markdown, {"a", "n"}, {{text("x"), integer(5)}}) ==
        "| a | n |\n| - | -:|\n| x | 5 |\n");
  CHECK_THAT(one(Format::markdown, text("a|b")), Catch::Contains("a\\|b"));
  CHECK_THAT(one(Format::markdown, text("a\\|b")), Catch::Contains("a\\\\\\|b"));
  CHECK_THAT(one(Format::markdown, text("<script>alert(1)</script>")),
             Catch::Contains("\\<script>"));
  CHECK_THAT(one(Format::markdown, text("a\nb")), !Catch::Contains("a\nb"));
  // An expression without AS names its own column.
  const std::string named = written(Format::markdown, {"a || b", "<b>"}, {{text("x"), text("y")}});
  CHECK_THAT(named, Catch::Contains("a \\|\\| b"));
  CHECK_THAT(named, Catch::Contains("\\<b>"));
  // Neither a link nor an image that a viewer would fetch.
  CHECK_THAT(one(Format::markdown, text("![x](http://evil.example/x.png)")),
             Catch::Contains("| `![x](http://evil.example/x.png)` |"));
  CHECK_THAT(one(Format::markdown, text("[x](javascript:alert(1))")), !Catch::Contains(" [x]("));
}

TEST_CASE("format: names of formats") {
  CHECK(parse_format("csv") == Format::csv);
  CHECK(parse_format("markdown") == Format::markdown);
  for (const char* bad : {"", "CSV", "xml", "js on", "\x1b[31m"}) {
    try {
      static_cast<void>(parse_format(bad));
      FAIL("not refused");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::usage);
      CHECK_FALSE(has_control(error.what()));
    }
  }
}

}  // namespace fleetmeter
