#pragma once

#include <functional>
#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

// Parts of a report's page, as HTML.

/// A cell of a table with a number; who points to it sees the exact one.
[[nodiscard]] std::string cell(const std::string& shown, const std::string& exact);

/// Three cells with a value and its bounds. `open`: nothing bounds it from above.
[[nodiscard]] std::string ms_cells(const Bounded<Int128>& value);
[[nodiscard]] std::string byte_cells(const Bounded<Int128>& value, bool open);

/// The heads of the columns that these make, side by side.
inline constexpr const char* kBoundedHeads =
    "<th class=\"n\">Billable</th><th class=\"n\">at least</th><th class=\"n\">at most</th>"
    "<th class=\"n\">Egress</th><th class=\"n\">at least</th><th class=\"n\">at most</th>";

/// A figure of the headline, with what is said below it.
[[nodiscard]] std::string head(const std::string& name, const std::string& big,
                               const std::string& exact, const std::string& below);

/// A table with rows in HTML, which scrolls inside itself where it is wider than the screen.
/// `label` names it for those who do not see it; a caption or a foot may be "".
[[nodiscard]] std::string table_of_rows(const std::string& label, const std::string& caption,
                                        const std::string& head, const std::string& rows,
                                        const std::string& foot);

/// A line in a softer colour; "" without a text.
[[nodiscard]] std::string soft(const std::string& text);

/// Between which bounds a value lies, in words. `open`: nothing bounds it from above.
[[nodiscard]] std::string bounds_text(const Bounded<Int128>& value,
                                      const std::function<std::string(Int128)>& text, bool open,
                                      bool is_all_seen);

// What a period costs. These need facts with money.

/// The figure of the headline.
[[nodiscard]] std::string cost_head(const Facts& facts);

/// What each region and each deployment costs, and what the invoice says.
[[nodiscard]] std::string cost_sections(const Facts& facts);

/// The invoice's lines, as people look at them.
[[nodiscard]] Table invoice_table(const InvoiceSaid& said);

/// The command that compares the invoice, without the name of the program.
[[nodiscard]] std::string invoice_command(const Facts& facts);

/// By how much a figure of the headline changed.
[[nodiscard]] std::string change_line(const Facts& facts, Int128 now, Int128 before);

}  // namespace fleetmeter::report
