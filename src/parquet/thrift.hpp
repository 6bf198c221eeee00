#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fleetmeter::parquet {

/// Appends a number to `out`, seven bits a byte, the low ones first.
void append_varint(std::uint64_t value, std::string& out);

/// The same of a number with a sign: 0, -1, 1, -2 … become 0, 1, 2, 3 …
void append_zigzag(std::int64_t value, std::string& out);

/// Writes structs of Thrift's compact protocol, in which Parquet describes itself
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). Fields are
/// written in the order of their ids. What is opened is closed, the innermost first.
class ThriftWriter {
 public:
  void i32(std::int16_t id, std::int32_t value);
  void i64(std::int16_t id, std::int64_t value);
  void text(std::int16_t id, std::string_view value);

  void begin_struct(std::int16_t id);
  void end_struct();

  /// Lists of numbers, of texts or of structs. Their elements have no ids.
  void begin_i32_list(std::int16_t id, std::size_t size);
  void begin_text_list(std::int16_t id, std::size_t size);
  void begin_struct_list(std::int16_t id, std::size_t size);
  void i32_element(std::int32_t value);
  void text_element(std::string_view value);
  void begin_struct_element();

  /// Ends the outermost struct and gives its bytes.
  [[nodiscard]] std::string finish();

 private:
  void begin_field(std::int16_t id, unsigned type);
  void begin_list(std::int16_t id, std::size_t size, unsigned type);

  std::string out_;
  std::int16_t last_id_ = 0;  ///< of the struct that is open
  std::u16string outer_ids_;  ///< of those around it, the innermost last
};

}  // namespace fleetmeter::parquet
