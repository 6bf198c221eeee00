#include "parquet/thrift.hpp"

#include "base/invariant.hpp"

namespace fleetmeter::parquet {

namespace {

// The types of the compact protocol.
constexpr unsigned kI32 = 5;
constexpr unsigned kI64 = 6;
constexpr unsigned kBinary = 8;
constexpr unsigned kList = 9;
constexpr unsigned kStruct = 12;

constexpr int kLongestStep = 15;           // between ids, that is written beside the type
constexpr std::size_t kLongestShort = 14;  // list, whose size is written beside the type

char byte_of(unsigned high, unsigned low) {
  return static_cast<char>(high << 4U | low);
}

}  // namespace

void append_varint(std::uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7U) {
    out.push_back(static_cast<char>(value | 0x80U));
  }
  out.push_back(static_cast<char>(value));
}

void append_zigzag(std::int64_t value, std::string& out) {
  const auto bits = static_cast<std::uint64_t>(value);
  append_varint(bits << 1U ^ (value < 0 ? ~std::uint64_t{0} : 0), out);
}

void ThriftWriter::begin_field(std::int16_t id, unsigned type) {
  const int step = id - last_id_;
  base::check(step > 0 && step <= kLongestStep,
              "fields of a struct are written in the order of their ids");
  out_.push_back(byte_of(static_cast<unsigned>(step), type));
  last_id_ = id;
}

void ThriftWriter::i32(std::int16_t id, std::int32_t value) {
  begin_field(id, kI32);
  i32_element(value);
}

void ThriftWriter::i64(std::int16_t id, std::int64_t value) {
  begin_field(id, kI64);
  append_zigzag(value, out_);
}

void ThriftWriter::text(std::int16_t id, std::string_view value) {
  begin_field(id, kBinary);
  text_element(value);
}

void ThriftWriter::begin_struct(std::int16_t id) {
  begin_field(id, kStruct);
  begin_struct_element();
}

void ThriftWriter::begin_struct_element() {
  outer_ids_.push_back(static_cast<char16_t>(last_id_));
  last_id_ = 0;
}

void ThriftWriter::end_struct() {
  out_.push_back(0);
  last_id_ = static_cast<std::int16_t>(outer_ids_.back());
  outer_ids_.pop_back();
}

void ThriftWriter::begin_list(std::int16_t id, std::size_t size, unsigned type) {
  begin_field(id, kList);
  const bool is_short = size <= kLongestShort;
  out_.push_back(byte_of(is_short ? static_cast<unsigned>(size) : 15U, type));
  if (!is_short) {
    append_varint(size, out_);
  }
}

void ThriftWriter::begin_i32_list(std::int16_t id, std::size_t size) {
  begin_list(id, size, kI32);
}

void ThriftWriter::begin_text_list(std::int16_t id, std::size_t size) {
  begin_list(id, size, kBinary);
}

void ThriftWriter::begin_struct_list(std::int16_t id, std::size_t size) {
  begin_list(id, size, kStruct);
}

void ThriftWriter::i32_element(std::int32_t value) {
  append_zigzag(value, out_);
}

void ThriftWriter::text_element(std::string_view value) {
  append_varint(value.size(), out_);
  out_ += value;
}

std::string ThriftWriter::finish() {
  base::check(outer_ids_.empty(), "every struct that was opened is closed");
  out_.push_back(0);
  return std::move(out_);
}

}  // namespace fleetmeter::parquet
