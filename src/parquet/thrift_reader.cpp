#include "parquet/thrift_reader.hpp"

#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::parquet {

namespace {

// The types of the compact protocol, as far as they are written.
constexpr unsigned kI32 = 5;
constexpr unsigned kI64 = 6;
constexpr unsigned kBinary = 8;
constexpr unsigned kList = 9;
constexpr unsigned kStruct = 12;

constexpr int kDeepest = 12;  // deeper than any footer of ours

ThriftValue read_value(ByteCursor& bytes, unsigned type, int depth);

ThriftValue read_struct(ByteCursor& bytes, int depth) {
  ThriftValue value;
  value.kind = ThriftValue::Kind::structure;
  std::int16_t id = 0;
  for (unsigned head = bytes.byte(); head != 0; head = bytes.byte()) {
    const unsigned step = head >> 4U;
    if (step == 0 || id > 1000) {
      bytes.fail("a field without a place among the others");
    }
    id = static_cast<std::int16_t>(id + static_cast<int>(step));
    value.fields.push_back({id, read_value(bytes, head & 15U, depth)});
  }
  return value;
}

ThriftValue read_list(ByteCursor& bytes, int depth) {
  ThriftValue value;
  value.kind = ThriftValue::Kind::list;
  const unsigned head = bytes.byte();
  const std::uint64_t size = head >> 4U == 15 ? bytes.varint() : head >> 4U;
  for (std::uint64_t i = 0; i < size; ++i) {  // each takes a byte or more, or there are no more
    value.list.push_back(read_value(bytes, head & 15U, depth));
  }
  return value;
}

ThriftValue read_value(ByteCursor& bytes, unsigned type, int depth) {
  if (depth > kDeepest) {
    bytes.fail("structs lie too deep in one another");
  }
  ThriftValue value;
  switch (type) {
    case kI32:
    case kI64:
      value.number = bytes.zigzag();
      return value;
    case kBinary:
      value.kind = ThriftValue::Kind::text;
      value.text = bytes.bytes(bytes.varint());
      return value;
    case kList:
      return read_list(bytes, depth + 1);
    case kStruct:
      return read_struct(bytes, depth + 1);
    default:
      bytes.fail("a type of value that is never written");
  }
}

}  // namespace

const ThriftValue* ThriftValue::find(std::int16_t id, Kind of_kind) const {
  for (const auto& [field, value] : fields) {
    if (field == id) {
      return value.kind == of_kind ? &value : nullptr;
    }
  }
  return nullptr;
}

void ByteCursor::fail(const char* what) const {
  throw Error(ErrorKind::data, "byte " + std::to_string(offset()) + ": " + what);
}

unsigned char ByteCursor::byte() {
  return static_cast<unsigned char>(bytes(1).front());
}

std::string_view ByteCursor::bytes(std::uint64_t size) {
  if (size > rest_.size()) {
    fail("it ends too early");
  }
  const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(taken.size());
  return taken;
}

std::uint64_t ByteCursor::little(int size) {
  std::uint64_t value = 0;
  for (int i = 0; i < size; ++i) {
    value |= static_cast<std::uint64_t>(byte()) << (8 * i);
  }
  return value;
}

std::uint64_t ByteCursor::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint64_t taken = byte();
    value |= (taken & 0x7FU) << shift;
    if (taken < 0x80) {
      return value;
    }
  }
  fail("a number that is too long");
}

std::int64_t ByteCursor::zigzag() {
  const std::uint64_t bits = varint();
  return static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1));
}

ThriftValue read_thrift(ByteCursor& bytes) {
  return read_struct(bytes, 0);
}

}  // namespace fleetmeter::parquet
