#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace fleetmeter::parquet {

/// Appends numbers in Parquet's encoding DELTA_BINARY_PACKED
/// (https://parquet.apache.org/docs/file-format/data-pages/encodings): blocks of 128 differences,
/// each of as many bits as the largest of its thirty-two neighbours needs. Numbers that grow
/// evenly, as times and counters do, take next to nothing.
void append_deltas(std::span<const std::int64_t> values, std::string& out);

}  // namespace fleetmeter::parquet
