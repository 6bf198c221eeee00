#include "report/packed_table.hpp"

#include <limits>
#include <optional>

namespace fleetmeter::report {

namespace {

// What the first byte of a cell says about the others.
constexpr char kNull = 0;
constexpr char kInteger = 1;
constexpr char kSum = 2;
constexpr char kText = 3;
constexpr char kOther = 4;

constexpr int kSevenBits = 7;

/// Small numbers of either sign become small ones without a sign: 0, -1, 1, -2 …
std::uint64_t folded(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unfolded(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

std::optional<std::int64_t> small(const Cell& cell) {
  const auto* const wide = std::get_if<Int128>(&cell);
  const bool fits = wide != nullptr && *wide >= std::numeric_limits<std::int64_t>::min() &&
                    *wide <= std::numeric_limits<std::int64_t>::max();
  return fits ? std::optional(static_cast<std::int64_t>(*wide)) : std::nullopt;
}

}  // namespace

void PackedTable::put_number(std::uint64_t value) {
  for (; value >> kSevenBits != 0; value >>= kSevenBits) {
    bytes_ += static_cast<char>((value & 0x7F) | 0x80);
  }
  bytes_ += static_cast<char>(value);
}

std::uint64_t PackedTable::take_number(std::size_t& at) const {
  std::uint64_t value = 0;
  for (int shift = 0;; shift += kSevenBits) {
    const auto byte = static_cast<unsigned char>(bytes_[at++]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      return value;
    }
  }
}

void PackedTable::put(const Cell& cell) {
  if (std::holds_alternative<std::nullptr_t>(cell)) {
    bytes_ += kNull;
  } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    bytes_ += kInteger;
    put_number(folded(*integer));
  } else if (const auto sum = small(cell)) {
    bytes_ += kSum;
    put_number(folded(*sum));
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    const auto [known, is_new] = number_of_.try_emplace(*text, texts_.size());
    if (is_new) {
      texts_.push_back(&known->first);
    }
    bytes_ += kText;
    put_number(known->second);
  } else {
    bytes_ += kOther;
    put_number(others_.size());
    others_.push_back(cell);
  }
}

Cell PackedTable::take(std::size_t& at) const {
  switch (bytes_[at++]) {
    case kNull:
      return nullptr;
    case kInteger:
      return unfolded(take_number(at));
    case kSum:
      return Int128(unfolded(take_number(at)));
    case kText:
      return *texts_[take_number(at)];
    default:
      return others_[take_number(at)];
  }
}

void PackedTable::row(const std::vector<Cell>& cells) {
  for (const Cell& cell : cells) {
    put(cell);
  }
}

void PackedTable::give_to(RowSink& sink) const {
  sink.columns(names_);
  std::vector<Cell> cells(names_.size());
  for (std::size_t at = 0; at < bytes_.size();) {
    for (Cell& cell : cells) {
      cell = take(at);
    }
    sink.row(cells);
  }
  sink.end();
}

}  // namespace fleetmeter::report
