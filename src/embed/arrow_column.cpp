#include "embed/arrow_column.hpp"

#include <array>
#include <charconv>
#include <memory>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::embed {

namespace {

constexpr int kDigits = 38;  // of decimal128
constexpr std::size_t kBitsPerByte = 8;

/// The memory behind an array: its rows in the layout of their type.
struct ColumnData {
  std::vector<std::uint8_t> validity;  ///< a bit a row, the first one lowest; empty: all valid
  std::vector<std::int64_t> integers;
  std::vector<Int128> sums;
  std::vector<double> reals;
  std::vector<std::int32_t> offsets;  ///< of texts: where each begins, and the end of the last
  std::string texts;
  std::array<const void*, 3> buffers{};
  std::int64_t buffer_count = 0;
  std::int64_t null_count = 0;
};

void release_column(ArrowArray* array) {
  delete static_cast<ColumnData*>(array->private_data);
  array->release = nullptr;
}

bool is_text(CellKind kind) {
  return kind == CellKind::text || kind == CellKind::bytes || kind == CellKind::decimal;
}

/// What a column is that holds two kinds of cells.
CellKind joined(CellKind a, CellKind b) {
  if (a == b || b == CellKind::unknown) {
    return a;
  }
  if (a == CellKind::unknown) {
    return b;
  }
  const auto are = [&](CellKind one, CellKind other) {
    return (a == one && b == other) || (a == other && b == one);
  };
  return are(CellKind::integer, CellKind::sum)  ? CellKind::sum
         : are(CellKind::text, CellKind::bytes) ? CellKind::bytes
                                                : CellKind::text;
}

void append(const Cell& cell, CellKind kind, ColumnData& data) {
  const bool is_null = kind_of(cell) == CellKind::unknown;
  if (kind == CellKind::integer) {
    data.integers.push_back(is_null ? 0 : std::get<std::int64_t>(cell));
  } else if (kind == CellKind::real) {
    data.reals.push_back(is_null ? 0.0 : std::get<double>(cell));
  } else if (kind == CellKind::sum) {
    const auto* integer = std::get_if<std::int64_t>(&cell);
    data.sums.push_back(is_null              ? Int128{0}
                        : integer != nullptr ? Int128{*integer}
                                             : std::get<Int128>(cell));
  } else if (is_text(kind)) {
    data.texts += is_null ? "" : text_of(cell);
    data.offsets.push_back(static_cast<std::int32_t>(data.texts.size()));
  }
}

void mark_nulls(const Table& answer, std::size_t column, std::size_t begin, std::size_t end,
                ColumnData& data) {
  for (std::size_t row = begin; row < end; ++row) {
    data.null_count += kind_of(answer.rows[row][column]) == CellKind::unknown ? 1 : 0;
  }
  if (data.null_count == 0) {
    return;
  }
  data.validity.resize((end - begin + kBitsPerByte - 1) / kBitsPerByte);
  for (std::size_t row = begin; row < end; ++row) {
    if (kind_of(answer.rows[row][column]) != CellKind::unknown) {
      const std::size_t place = row - begin;
      data.validity[place / kBitsPerByte] |=
          static_cast<std::uint8_t>(1U << (place % kBitsPerByte));
    }
  }
}

void lay_out(CellKind kind, ColumnData& data) {
  if (kind == CellKind::unknown) {
    return;  // Arrow's type null has no buffers
  }
  data.buffers[0] = data.validity.empty() ? nullptr : data.validity.data();
  data.buffer_count = is_text(kind) ? 3 : 2;
  if (is_text(kind)) {
    data.buffers[1] = data.offsets.data();
    data.buffers[2] = data.texts.data();
  } else {
    data.buffers[1] = kind == CellKind::integer ? static_cast<const void*>(data.integers.data())
                      : kind == CellKind::sum   ? static_cast<const void*>(data.sums.data())
                                                : static_cast<const void*>(data.reals.data());
  }
}

void expect_digits(const Cell& cell) {
  const auto* sum = std::get_if<Int128>(&cell);
  const Int128 limit = power_of_ten(kDigits);
  if (sum != nullptr && (*sum >= limit || *sum <= -limit)) {
    throw Error(ErrorKind::internal, "a sum has more than 38 digits (" + to_text(*sum) + ")");
  }
}

}  // namespace

CellKind kind_of_column(const Table& answer, std::size_t column) {
  CellKind kind =
      column < answer.column_kinds.size() ? answer.column_kinds[column] : CellKind::unknown;
  for (const std::vector<Cell>& row : answer.rows) {
    const Cell& cell = row[column];
    expect_digits(cell);
    const auto* text = std::get_if<std::string>(&cell);
    const bool is_utf8 = text == nullptr || base::find_invalid_utf8(*text) == text->size();
    kind = joined(kind, is_utf8 ? kind_of(cell) : CellKind::bytes);
  }
  return kind;
}

const char* format_of(CellKind kind) {
  switch (kind) {
    case CellKind::unknown:
      return "n";
    case CellKind::integer:
      return "l";
    case CellKind::sum:
      return "d:38,0";
    case CellKind::real:
      return "g";
    case CellKind::bytes:
      return "z";
    case CellKind::decimal:
    case CellKind::text:
      break;
  }
  return "u";
}

std::string text_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (const auto* bytes = std::get_if<Bytes>(&cell)) {
    return bytes->bytes;
  }
  if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    return to_text(*decimal);
  }
  if (const auto* sum = std::get_if<Int128>(&cell)) {
    return to_text(*sum);
  }
  if (const auto* real = std::get_if<double>(&cell)) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *real).ptr};
  }
  return to_text(Int128{std::get<std::int64_t>(cell)});
}

void give_column(const Table& answer, std::size_t column, CellKind kind, std::size_t begin,
                 std::size_t end, ArrowArray& out) {
  auto data = std::make_unique<ColumnData>();
  mark_nulls(answer, column, begin, end, *data);
  if (is_text(kind)) {
    data->offsets.push_back(0);
  }
  for (std::size_t row = begin; row < end; ++row) {
    append(answer.rows[row][column], kind, *data);
  }
  lay_out(kind, *data);
  out = {};
  out.length = static_cast<std::int64_t>(end - begin);
  out.null_count = data->null_count;
  out.n_buffers = data->buffer_count;
  out.buffers = data->buffer_count == 0 ? nullptr : data->buffers.data();
  out.release = release_column;
  out.private_data = data.release();
}

}  // namespace fleetmeter::embed
