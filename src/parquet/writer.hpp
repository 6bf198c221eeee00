#pragma once

#include <iosfwd>
#include <memory>

#include "fleetmeter/table.hpp"

namespace fleetmeter::parquet {

/// Writes an answer as a Parquet file, which must outlive the sink. Integers are INT64, sums
/// DECIMAL(38, 0), decimals DECIMAL(38, scale), texts UTF-8; every column may hold NULL. Rows lie
/// in groups of at most 65,536, packed with zstd, and the same rows give the same bytes. Throws
/// Error(usage) when a column holds values that no one kind of column holds.
[[nodiscard]] std::unique_ptr<RowSink> make_writer(std::ostream& out);

}  // namespace fleetmeter::parquet
