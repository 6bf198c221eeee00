#pragma once

#include <iosfwd>
#include <memory>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter::workbook {

/// Writes an answer as a workbook with one sheet, when it ends. Times are dates; numbers that a
/// spreadsheet's doubles cannot hold are texts. Throws Error(usage) when there are more rows than a
/// sheet holds.
[[nodiscard]] std::unique_ptr<RowSink> make_writer(std::ostream& out);

/// The same of an answer with several parts: a sheet for each.
void write_sections(std::ostream& out, const std::vector<Section>& sections);

}  // namespace fleetmeter::workbook
