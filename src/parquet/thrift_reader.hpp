#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace fleetmeter::parquet {

/// One value of Thrift's compact protocol, as ThriftWriter writes them: a number, a text, a list of
/// values, or a struct of values by their ids. Texts point into the bytes that were read.
struct ThriftValue {
  enum class Kind : unsigned char { number, text, list, structure };
  Kind kind = Kind::number;
  std::int64_t number = 0;
  std::string_view text;
  std::vector<ThriftValue> list;
  struct Field;
  std::vector<Field> fields;  ///< in the order of their ids

  /// The field of an id; null when there is none, or none of this kind.
  [[nodiscard]] const ThriftValue* find(std::int16_t id, Kind of_kind) const;
};

struct ThriftValue::Field {
  std::int16_t id = 0;
  ThriftValue value;
};

/// Takes bytes from the front of a text, as far as they are there.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view bytes) : all_(bytes), rest_(bytes) {}

  [[nodiscard]] std::size_t offset() const { return all_.size() - rest_.size(); }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

  // Each throws Error(data), which says at which byte what is wrong.
  [[nodiscard]] unsigned char byte();
  [[nodiscard]] std::string_view bytes(std::uint64_t size);
  [[nodiscard]] std::uint64_t little(int size);
  [[nodiscard]] std::uint64_t varint();
  [[nodiscard]] std::int64_t zigzag();

  [[noreturn]] void fail(const char* what) const;

 private:
  std::string_view all_;
  std::string_view rest_;
};

/// Reads a struct. Throws Error(data) on anything that ThriftWriter does not write.
[[nodiscard]] ThriftValue read_thrift(ByteCursor& bytes);

}  // namespace fleetmeter::parquet
