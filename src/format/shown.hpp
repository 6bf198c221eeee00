#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"
#include "format/people.hpp"

namespace fleetmeter::format {

/// A column of a table as people see it.
struct Shown {
  std::string name;
  std::vector<std::string> texts;  ///< one for each row
  bool is_number = false;          ///< stands at the right, and is never cut
  bool is_bound = false;
  bool is_time = false;
  bool is_optional = false;  ///< holds nothing in any row: may be left out
};

/// What a table holds, column by column. With `exact`, names and values are what they are; else
/// they are people's.
[[nodiscard]] std::vector<Shown> show(const std::vector<std::string>& names,
                                      const std::vector<std::vector<Cell>>& rows, bool exact);

/// Makes ids as short as they can be told apart by, as git does: at least eight characters, and
/// more where two begin alike. A name that people gave is no id: only what a machine made up is
/// one, such as a UUID or a digest. So `00fc104d-f33f-4cb5-a6e7-495f7b4bdb8a` becomes `00fc104d`.
void shorten_ids(Shown& column);

/// Leaves the milliseconds of times away. They are cut, so that nothing seems later than it was.
void shorten_times(Shown& column);

/// The least width to which the texts of a column can be cut so that no two different ones look
/// alike.
[[nodiscard]] std::size_t least_width(const Shown& column);

}  // namespace fleetmeter::format
