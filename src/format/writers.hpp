#pragma once

#include <iosfwd>
#include <memory>

#include "fleetmeter/table.hpp"

namespace fleetmeter::format {

// One maker for each kind of output; see make_writer for what each promises.
[[nodiscard]] std::unique_ptr<RowSink> make_delimited(std::ostream& out, char separator, bool safe);
[[nodiscard]] std::unique_ptr<RowSink> make_json(std::ostream& out, bool lines);
[[nodiscard]] std::unique_ptr<RowSink> make_table(std::ostream& out, const FormatOptions& options);
[[nodiscard]] std::unique_ptr<RowSink> make_markdown(std::ostream& out,
                                                     const FormatOptions& options);

}  // namespace fleetmeter::format
