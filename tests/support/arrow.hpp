#pragma once

// Reads answers of the library for C as a consumer of Arrow does.

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "fleetmeter.h"
#include "fleetmeter/fleetmeter.hpp"
#include "support/catch.hpp"

namespace fleetmeter::test {

/// An answer as its consumer reads it; what was null is "NULL".
struct Answer {
  std::vector<std::string> names;
  std::vector<std::string> formats;
  std::vector<std::vector<std::string>> rows;
  int batches = 0;
};

inline bool is_valid(const ArrowArray& column, std::size_t row) {
  const auto* bits = static_cast<const std::uint8_t*>(column.buffers[0]);
  return bits == nullptr || (bits[row / 8] >> (row % 8) & 1) != 0;
}

inline std::string cell(const ArrowArray& column, const std::string& format, std::size_t row) {
  if (format == "n" || !is_valid(column, row)) {
    return "NULL";
  }
  const void* values = column.buffers[1];
  if (format == "l") {
    return std::to_string(static_cast<const std::int64_t*>(values)[row]);
  }
  if (format == "d:38,0") {
    return to_text(static_cast<const Int128*>(values)[row]);
  }
  if (format == "g") {
    std::ostringstream out;
    out << static_cast<const double*>(values)[row];
    return out.str();
  }
  const auto* offsets = static_cast<const std::int32_t*>(values);
  return std::string(static_cast<const char*>(column.buffers[2]) + offsets[row],
                     static_cast<std::size_t>(offsets[row + 1] - offsets[row]));
}

inline Answer read_all(ArrowArrayStream& stream) {
  Answer answer;
  ArrowSchema schema;
  REQUIRE(stream.get_schema(&stream, &schema) == 0);
  CHECK(std::string(schema.format) == "+s");
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    answer.names.emplace_back(schema.children[i]->name);
    answer.formats.emplace_back(schema.children[i]->format);
    CHECK(schema.children[i]->flags == ARROW_FLAG_NULLABLE);
  }
  schema.release(&schema);
  CHECK(schema.release == nullptr);
  for (;; ++answer.batches) {
    ArrowArray batch;
    REQUIRE(stream.get_next(&stream, &batch) == 0);
    if (batch.release == nullptr) {
      break;
    }
    REQUIRE(batch.n_children == static_cast<std::int64_t>(answer.names.size()));
    REQUIRE(batch.n_buffers == 1);
    for (std::int64_t row = 0; row < batch.length; ++row) {
      std::vector<std::string>& cells = answer.rows.emplace_back();
      for (std::size_t i = 0; i < answer.names.size(); ++i) {
        REQUIRE(batch.children[i]->length == batch.length);
        cells.push_back(cell(*batch.children[i], answer.formats[i], static_cast<std::size_t>(row)));
      }
    }
    batch.release(&batch);
    CHECK(batch.release == nullptr);
  }
  stream.release(&stream);
  CHECK(stream.release == nullptr);
  return answer;
}

}  // namespace fleetmeter::test
