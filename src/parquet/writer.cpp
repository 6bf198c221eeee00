#include "parquet/writer.hpp"

#include <algorithm>
#include <ostream>

#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "parquet/column.hpp"
#include "parquet/format.hpp"
#include "parquet/thrift.hpp"

namespace fleetmeter::parquet {

namespace {

constexpr std::size_t kMostBytes = 32UL * 1024 * 1024;  // of a group, in memory
constexpr std::int32_t kVersion = 2;
constexpr std::int32_t kOptional = 1;
// Of a "converted type", which older readers look at, and of a logical one.
constexpr std::int32_t kConvertedText = 0;
constexpr std::int32_t kConvertedDecimal = 5;
constexpr std::int16_t kLogicalText = 1;
constexpr std::int16_t kLogicalDecimal = 5;

struct RowGroup {
  std::int64_t rows = 0;
  std::vector<Chunk> chunks;  ///< one for each column
};

void write_decimal_type(const Column& column, ThriftWriter& footer) {
  const std::int32_t scale = column.kind() == CellKind::decimal ? column.scale() : 0;
  footer.i32(6, kConvertedDecimal);
  footer.i32(7, scale);
  footer.i32(8, kDecimalDigits);
  footer.begin_struct(10);
  footer.begin_struct(kLogicalDecimal);
  footer.i32(1, scale);
  footer.i32(2, kDecimalDigits);
  footer.end_struct();
  footer.end_struct();
}

void write_schema_element(const Column& column, ThriftWriter& footer) {
  const PhysicalType type = type_of(column.kind());
  footer.begin_struct_element();
  footer.i32(1, static_cast<std::int32_t>(type));
  if (type == PhysicalType::fixed_byte_array) {
    footer.i32(2, kDecimalBytes);
  }
  footer.i32(3, kOptional);
  footer.text(4, column.name());
  if (type == PhysicalType::fixed_byte_array) {
    write_decimal_type(column, footer);
  } else if (column.kind() == CellKind::text) {
    footer.i32(6, kConvertedText);
    footer.begin_struct(10);
    footer.begin_struct(kLogicalText);
    footer.end_struct();
    footer.end_struct();
  }
  footer.end_struct();
}

std::string eight_bytes(std::int64_t value) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) {
    bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i)));
  }
  return bytes;
}

/// Where readers see what they may skip.
void write_statistics(const Chunk& chunk, ThriftWriter& footer) {
  footer.begin_struct(12);
  footer.i64(3, chunk.nulls);
  if (chunk.range) {
    footer.text(5, eight_bytes(chunk.range->greatest));
    footer.text(6, eight_bytes(chunk.range->least));
  }
  footer.end_struct();
}

void write_chunk(const Column& column, const Chunk& chunk, ThriftWriter& footer) {
  footer.begin_struct_element();
  footer.i64(2, 0);  // the chunk is described nowhere but here
  footer.begin_struct(3);
  footer.i32(1, static_cast<std::int32_t>(type_of(column.kind())));
  footer.begin_i32_list(2, 2);
  footer.i32_element(static_cast<std::int32_t>(Encoding::rle));
  footer.i32_element(static_cast<std::int32_t>(encoding_of(column.kind())));
  footer.begin_text_list(3, 1);
  footer.text_element(column.name());
  footer.i32(4, kZstd);
  footer.i64(5, chunk.values);
  footer.i64(6, chunk.unpacked_bytes);
  footer.i64(7, chunk.packed_bytes);
  footer.i64(9, chunk.offset);
  write_statistics(chunk, footer);
  footer.end_struct();
  footer.end_struct();
}

void write_group(const std::vector<Column>& columns, const RowGroup& group, ThriftWriter& footer) {
  std::int64_t bytes = 0;
  footer.begin_struct_element();
  footer.begin_struct_list(1, columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    write_chunk(columns[i], group.chunks[i], footer);
    bytes += group.chunks[i].unpacked_bytes;
  }
  footer.i64(2, bytes);
  footer.i64(3, group.rows);
  footer.end_struct();
}

/// That least and greatest values are by the order of the type.
void write_orders(std::size_t columns, ThriftWriter& footer) {
  footer.begin_struct_list(7, columns);
  for (std::size_t i = 0; i < columns; ++i) {
    footer.begin_struct_element();
    footer.begin_struct(1);
    footer.end_struct();
    footer.end_struct();
  }
}

class Writer final : public RowSink {
 public:
  explicit Writer(std::ostream& out) : out_(out) { put(kMagic); }

  void kinds(const std::vector<CellKind>& of_columns) override { kinds_ = of_columns; }

  void columns(const std::vector<std::string>& names) override {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (std::find(names.begin(), names.end(), names[i]) !=
          names.begin() + static_cast<std::ptrdiff_t>(i)) {
        throw Error(ErrorKind::usage, "Parquet: two columns are called " + printable(names[i]) +
                                          "; name one otherwise (AS)");
      }
      columns_.emplace_back(names[i], i < kinds_.size() ? kinds_[i] : CellKind::unknown);
    }
  }

  void row(const std::vector<Cell>& cells) override {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      columns_[i].add(cells[i]);
      bytes += columns_[i].bytes();
    }
    if (++rows_ == kMostRows || bytes >= kMostBytes) {
      end_group();
    }
  }

  void end() override {
    if (rows_ > 0) {
      end_group();
    }
    const std::string footer = footer_text();
    put(footer);
    put(eight_bytes(static_cast<std::int64_t>(footer.size())).substr(0, 4));
    put(kMagic);
  }

 private:
  void put(std::string_view bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    written_ += static_cast<std::int64_t>(bytes.size());
  }

  void end_group() {
    RowGroup group{rows_, {}};
    for (Column& column : columns_) {
      std::string page;
      Chunk chunk = column.pack(page);
      chunk.offset = written_;
      put(page);
      group.chunks.push_back(chunk);
    }
    groups_.push_back(std::move(group));
    rows_ = 0;
  }

  [[nodiscard]] std::string footer_text() const {
    std::int64_t rows = 0;
    for (const RowGroup& group : groups_) {
      rows += group.rows;
    }
    ThriftWriter footer;
    footer.i32(1, kVersion);
    footer.begin_struct_list(2, columns_.size() + 1);
    footer.begin_struct_element();
    footer.text(4, "answer");
    footer.i32(5, static_cast<std::int32_t>(columns_.size()));
    footer.end_struct();
    for (const Column& column : columns_) {
      write_schema_element(column, footer);
    }
    footer.i64(3, rows);
    footer.begin_struct_list(4, groups_.size());
    for (const RowGroup& group : groups_) {
      write_group(columns_, group, footer);
    }
    footer.text(6, "fleetmeter");
    write_orders(columns_.size(), footer);
    return footer.finish();
  }

  std::ostream& out_;
  std::int64_t written_ = 0;
  std::vector<CellKind> kinds_;
  std::vector<Column> columns_;
  std::int64_t rows_ = 0;  ///< of the group that is not written yet
  std::vector<RowGroup> groups_;
};

}  // namespace

std::unique_ptr<RowSink> make_writer(std::ostream& out) {
  return std::make_unique<Writer>(out);
}

}  // namespace fleetmeter::parquet
