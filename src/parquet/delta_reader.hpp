#pragma once

#include <cstdint>
#include <vector>

#include "parquet/thrift_reader.hpp"

namespace fleetmeter::parquet {

/// Takes so many numbers that append_deltas wrote. Throws Error(data) on anything else.
[[nodiscard]] std::vector<std::int64_t> read_deltas(ByteCursor& bytes, std::size_t count);

}  // namespace fleetmeter::parquet
