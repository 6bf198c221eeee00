#include "parquet/column.hpp"

#include <zstd.h>

#include <algorithm>
#include <bit>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "parquet/delta.hpp"
#include "parquet/format.hpp"
#include "parquet/thrift.hpp"

namespace fleetmeter::parquet {

namespace {

constexpr int kLevel = 3;                                   // of zstd: its own default
constexpr std::int64_t kMostExact = std::int64_t{1} << 53;  // integers that a double holds

bool is_null(const Cell& cell) {
  return std::holds_alternative<std::nullptr_t>(cell);
}

bool is_number(CellKind kind) {
  return kind == CellKind::integer || kind == CellKind::sum || kind == CellKind::decimal ||
         kind == CellKind::real;
}

const char* name_of(CellKind kind) {
  return is_number(kind) ? "numbers" : kind == CellKind::text ? "text" : "bytes";
}

std::size_t size_of(const Cell& cell) {
  const auto* const text = std::get_if<std::string>(&cell);
  const auto* const bytes = std::get_if<Bytes>(&cell);
  return sizeof(Cell) + (text != nullptr    ? text->size()
                         : bytes != nullptr ? bytes->bytes.size()
                                            : 0);
}

void append_little(std::uint64_t value, int bytes, std::string& out) {
  for (int i = 0; i < bytes; ++i) {
    out.push_back(static_cast<char>(value >> (8 * i)));
  }
}

/// Sixteen bytes, the high ones first.
void append_big(Int128 value, std::string& out) {
  __extension__ const auto bits = static_cast<unsigned __int128>(value);
  for (int i = kDecimalBytes - 1; i >= 0; --i) {
    out.push_back(static_cast<char>(bits >> (8 * i)));
  }
}

/// Which of the values are there, one bit each, in the hybrid of runs and packed bits.
std::string levels_of(const std::vector<Cell>& cells, std::int64_t nulls) {
  std::string levels;
  if (nulls == 0) {
    append_varint(cells.size() << 1U, levels);
    levels.push_back(1);
  } else {
    append_varint((cells.size() + 7) / 8 << 1U | 1U, levels);
    for (std::size_t at = 0; at < cells.size(); at += 8) {
      unsigned bits = 0;
      for (std::size_t i = at; i < std::min(at + 8, cells.size()); ++i) {
        bits |= is_null(cells[i]) ? 0U : 1U << (i - at);
      }
      levels.push_back(static_cast<char>(bits));
    }
  }
  return levels;
}

std::string compressed(const std::string& page) {
  std::string packed(ZSTD_compressBound(page.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), page.data(), page.size(), kLevel);
  if (ZSTD_isError(size) != 0) {
    throw Error(ErrorKind::internal, std::string("zstd: ") + ZSTD_getErrorName(size));
  }
  packed.resize(size);
  return packed;
}

std::string page_header(std::size_t unpacked, std::size_t packed, std::size_t values,
                        Encoding encoding) {
  ThriftWriter header;
  header.i32(1, 0);  // a page of data
  header.i32(2, static_cast<std::int32_t>(unpacked));
  header.i32(3, static_cast<std::int32_t>(packed));
  header.begin_struct(5);
  header.i32(1, static_cast<std::int32_t>(values));
  header.i32(2, static_cast<std::int32_t>(encoding));
  header.i32(3, static_cast<std::int32_t>(Encoding::rle));
  header.i32(4, static_cast<std::int32_t>(Encoding::rle));
  header.end_struct();
  return header.finish();
}

/// The kind that holds values of both, if there is one.
std::optional<CellKind> common(CellKind a, CellKind b) {
  if (a == b || a == CellKind::unknown) {
    return b;
  }
  const CellKind wider = std::max(a, b);
  const bool has_one = is_number(a) && is_number(b) &&
                       (wider != CellKind::real || std::min(a, b) == CellKind::integer);
  return has_one ? std::optional(wider) : std::nullopt;
}

}  // namespace

void Column::refuse(const std::string& why) const {
  throw Error(ErrorKind::usage, "Parquet: the column " + printable(name_) + ' ' + why);
}

void Column::widen(const Cell& cell) {
  const auto kind = common(kind_, kind_of(cell));
  if (!kind || (is_settled_ && *kind != kind_)) {
    refuse(std::string("holds ") + name_of(kind_) + ", and then " +
           (is_number(kind_) && is_number(kind_of(cell)) ? "larger or other numbers"
                                                         : name_of(kind_of(cell))) +
           "; a column of such a file is of one kind");
  }
  kind_ = *kind;
  if (const auto* decimal = std::get_if<Decimal>(&cell);
      decimal != nullptr && decimal->scale() > scale_) {
    if (is_settled_) {
      refuse("has more digits behind the point than the values before");
    }
    scale_ = decimal->scale();
  }
}

void Column::add(const Cell& cell) {
  if (!is_null(cell)) {
    widen(cell);
    const auto* const text = std::get_if<std::string>(&cell);
    if (text != nullptr && base::find_invalid_utf8(*text) != text->size()) {
      refuse("holds a text that is no UTF-8");
    }
  }
  bytes_ += size_of(cell);
  cells_.push_back(cell);
}

Int128 Column::unscaled(const Cell& cell) const {
  Int128 digits = 0;
  int scale = 0;
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    digits = *integer;
  } else if (const auto* sum = std::get_if<Int128>(&cell)) {
    digits = *sum;
  } else {
    const auto& decimal = std::get<Decimal>(cell);
    digits = decimal.digits();
    scale = decimal.scale();
  }
  const Int128 factor = power_of_ten(scale_ - scale);
  const Int128 most = (power_of_ten(kDecimalDigits) - 1) / factor;
  if (digits > most || digits < -most) {
    refuse("holds a number of more than 38 digits");
  }
  return digits * factor;
}

void Column::append(const Cell& cell, std::string& out) const {
  switch (kind()) {
    case CellKind::sum:
    case CellKind::decimal:
      append_big(unscaled(cell), out);
      break;
    case CellKind::real: {
      const auto* const integer = std::get_if<std::int64_t>(&cell);
      if (integer != nullptr && (*integer > kMostExact || *integer < -kMostExact)) {
        refuse("holds fractions, and an integer that is too large to be among them");
      }
      append_little(std::bit_cast<std::uint64_t>(integer != nullptr ? static_cast<double>(*integer)
                                                                    : std::get<double>(cell)),
                    8, out);
      break;
    }
    default: {
      const auto* const text = std::get_if<std::string>(&cell);
      const std::string& bytes = text != nullptr ? *text : std::get<Bytes>(cell).bytes;
      append_little(bytes.size(), 4, out);
      out += bytes;
    }
  }
}

std::string Column::plain_values() const {
  std::string values;
  std::vector<std::int64_t> integers;
  for (const Cell& cell : cells_) {
    if (kind_ == CellKind::integer && !is_null(cell)) {
      integers.push_back(std::get<std::int64_t>(cell));
    } else if (!is_null(cell)) {
      append(cell, values);
    }
  }
  if (kind_ == CellKind::integer) {
    append_deltas(integers, values);
  }
  return values;
}

std::optional<Chunk::Range> Column::range() const {
  std::optional<Chunk::Range> range;
  for (const Cell& cell : cells_) {
    if (const auto* value = std::get_if<std::int64_t>(&cell);
        value != nullptr && kind_ == CellKind::integer) {
      range = {std::min(range ? range->least : *value, *value),
               std::max(range ? range->greatest : *value, *value)};
    }
  }
  return range;
}

Chunk Column::pack(std::string& out) {
  Chunk chunk;
  chunk.values = static_cast<std::int64_t>(cells_.size());
  chunk.nulls = std::count_if(cells_.begin(), cells_.end(), is_null);
  chunk.range = range();
  const std::string levels = levels_of(cells_, chunk.nulls);
  std::string page;
  append_little(levels.size(), 4, page);
  page += levels;
  page += plain_values();
  const std::string packed = compressed(page);
  const std::string header =
      page_header(page.size(), packed.size(), cells_.size(), encoding_of(kind()));
  out += header;
  out += packed;
  chunk.unpacked_bytes = static_cast<std::int64_t>(header.size() + page.size());
  chunk.packed_bytes = static_cast<std::int64_t>(header.size() + packed.size());
  is_settled_ = is_settled_ || chunk.nulls < chunk.values;
  cells_.clear();
  bytes_ = 0;
  return chunk;
}

}  // namespace fleetmeter::parquet
