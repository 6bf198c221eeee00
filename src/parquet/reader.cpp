#include "parquet/reader.hpp"

#include <zstd.h>

#include <utility>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "parquet/delta_reader.hpp"
#include "parquet/format.hpp"
#include "parquet/thrift_reader.hpp"

namespace fleetmeter::parquet {

namespace {

using Kind = ThriftValue::Kind;

constexpr std::int64_t kEnd = 8;  // how long the footer is, and the magic
constexpr std::int64_t kMostFooterBytes = std::int64_t{1} << 24;
constexpr std::int64_t kMostBytes = std::int64_t{1} << 28;  // of a page; ours have an eighth

[[noreturn]] void fail(const std::string& where, const std::string& what) {
  throw Error(ErrorKind::data, where + ": " + what);
}

const ThriftValue& expect(const ThriftValue& of, std::int16_t id, Kind kind, const char* what) {
  const ThriftValue* const found = of.find(id, kind);
  return found != nullptr ? *found : (fail("footer", std::string(what) + " is missing"), of);
}

std::int64_t number_in(const ThriftValue& of, std::int16_t id, const char* what) {
  return expect(of, id, Kind::number, what).number;
}

CellKind kind_in(const ThriftValue& element) {
  const std::int64_t type = number_in(element, 1, "the type of a column");
  const ThriftValue* const converted = element.find(6, Kind::number);
  if (type == static_cast<std::int64_t>(PhysicalType::int64) && converted == nullptr) {
    return CellKind::integer;
  }
  if (type == static_cast<std::int64_t>(PhysicalType::byte_array) && converted != nullptr &&
      converted->number == 0) {
    return CellKind::text;
  }
  fail("footer", "a column that holds neither integers nor text");
}

/// Whether there is a value, for each row: runs of equal ones, and packed bits.
std::vector<bool> read_levels(ByteCursor& page, std::size_t rows) {
  ByteCursor levels(page.bytes(page.little(4)));
  std::vector<bool> present;
  while (present.size() < rows) {
    const std::uint64_t head = levels.varint();
    const std::uint64_t length = head >> 1U;
    if (length == 0 || length > rows) {
      levels.fail("a run of no length, or longer than the page");
    }
    if ((head & 1U) == 0) {
      present.insert(present.end(), static_cast<std::size_t>(length), levels.byte() != 0);
    } else {
      for (const char packed : levels.bytes(length)) {
        for (unsigned bit = 0; bit < 8 && present.size() < rows; ++bit) {
          present.push_back((static_cast<unsigned char>(packed) >> bit & 1U) != 0);
        }
      }
    }
  }
  if (present.size() != rows || !levels.is_at_end()) {
    levels.fail("more or fewer levels than the page has rows");
  }
  return present;
}

std::string unpacked(std::string_view packed, std::int64_t size) {
  std::string page(static_cast<std::size_t>(size), '\0');
  const std::size_t written =
      ZSTD_decompress(page.data(), page.size(), packed.data(), packed.size());
  if (ZSTD_isError(written) != 0 || written != page.size()) {
    fail("page", "it does not unpack to what its header says");
  }
  return page;
}

std::string read_text(ByteCursor& page) {
  std::string text(page.bytes(page.little(4)));
  if (base::find_invalid_utf8(text) != text.size()) {
    page.fail("a text that is no UTF-8");
  }
  return text;
}

std::vector<Cell> read_values(ByteCursor& page, CellKind kind, std::size_t rows) {
  const std::vector<bool> present = read_levels(page, rows);
  std::size_t count = 0;
  for (const bool is_there : present) {
    count += is_there ? 1 : 0;
  }
  std::vector<std::int64_t> integers;
  if (kind == CellKind::integer) {
    integers = read_deltas(page, count);
  }
  std::vector<Cell> cells;
  cells.reserve(rows);
  std::size_t next = 0;
  for (const bool is_there : present) {
    if (!is_there) {
      cells.emplace_back(nullptr);
    } else if (kind == CellKind::integer) {
      cells.emplace_back(integers[next++]);
    } else {
      cells.emplace_back(read_text(page));
    }
  }
  if (!page.is_at_end()) {
    page.fail("more values than the page has rows");
  }
  return cells;
}

}  // namespace

Reader::Reader(ReadAt read_at, std::int64_t size) : read_at_(std::move(read_at)), size_(size) {
  const auto magic = static_cast<std::int64_t>(kMagic.size());
  if (size_ < magic + kEnd || read_at_(0, magic) != kMagic ||
      read_at_(size_ - magic, magic) != kMagic) {
    fail("file", "no Parquet file");
  }
  const std::string end = read_at_(size_ - kEnd, magic);
  const auto length = static_cast<std::int64_t>(ByteCursor(end).little(4));
  if (length > size_ - magic - kEnd || length > kMostFooterBytes) {
    fail("footer", "it is longer than the file, or than any that we write");
  }
  read_footer(read_at_(size_ - kEnd - length, length));
}

void Reader::read_footer(const std::string& footer) {
  ByteCursor bytes(footer);
  const ThriftValue said = read_thrift(bytes);
  const auto& schema = expect(said, 2, Kind::list, "the list of columns").list;
  for (std::size_t i = 1; i < schema.size(); ++i) {  // the first one is the table
    columns_.push_back({std::string(expect(schema[i], 4, Kind::text, "a column's name").text),
                        kind_in(schema[i])});
  }
  for (const ThriftValue& row_group : expect(said, 4, Kind::list, "the list of groups").list) {
    Group group{number_in(row_group, 3, "a number of rows"), {}};
    const auto& chunks = expect(row_group, 1, Kind::list, "the columns of a group").list;
    if (group.rows < 1 || group.rows > kMostRows || chunks.size() != columns_.size()) {
      fail("footer", "a group of no rows, of too many, or of other columns");
    }
    for (const ThriftValue& one : chunks) {
      const ThriftValue& chunk = expect(one, 3, Kind::structure, "where a column lies");
      const Chunk place{number_in(chunk, 9, "where a page begins"),
                        number_in(chunk, 7, "how long a page is")};
      if (number_in(chunk, 4, "how a page is packed") != kZstd || place.offset < 0 ||
          place.bytes < 0 || place.bytes > size_ || place.offset > size_ - place.bytes) {
        fail("footer", "a page that is packed otherwise, or lies outside the file");
      }
      group.chunks.push_back(place);
    }
    groups_.push_back(std::move(group));
  }
}

std::int64_t Reader::rows() const {
  std::int64_t rows = 0;
  for (const Group& group : groups_) {
    rows += group.rows;
  }
  return rows;
}

std::vector<Cell> Reader::chunk(const Chunk& place, CellKind kind, std::int64_t rows) const {
  const std::string bytes = read_at_(place.offset, place.bytes);
  ByteCursor cursor(bytes);
  const ThriftValue header = read_thrift(cursor);
  const ThriftValue& data = expect(header, 5, Kind::structure, "what a page holds");
  const std::int64_t size = number_in(header, 2, "how long a page is when it is unpacked");
  const std::int64_t packed = number_in(header, 3, "how long a page is");
  if (number_in(header, 1, "the kind of a page") != 0 || size < 0 || size > kMostBytes ||
      packed < 0 || number_in(data, 1, "how many values a page has") != rows ||
      number_in(data, 2, "the encoding of a page") !=
          static_cast<std::int64_t>(encoding_of(kind))) {
    fail("page at " + std::to_string(place.offset), "one that we do not write");
  }
  const std::string page = unpacked(cursor.bytes(static_cast<std::uint64_t>(packed)), size);
  ByteCursor values(page);
  return read_values(values, kind, static_cast<std::size_t>(rows));
}

std::vector<std::vector<Cell>> Reader::group(std::size_t number) const {
  const Group& group = groups_.at(number);
  std::vector<std::vector<Cell>> columns;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    try {
      columns.push_back(chunk(group.chunks[i], columns_[i].kind, group.rows));
    } catch (const Error& error) {
      throw Error(error.kind(), "group " + std::to_string(number) + ", column " +
                                    printable(columns_[i].name) + ": " + error.what());
    }
  }
  return columns;
}

}  // namespace fleetmeter::parquet
