#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "format/shown.hpp"

namespace fleetmeter::format {

/// A column as it is laid out.
struct Fitted {
  std::size_t column = 0;         ///< which one it is
  std::vector<std::string> head;  ///< the lines of its name
  std::size_t width = 0;          ///< wider cells are cut, or broken into lines
  bool wraps = false;             ///< broken into lines
};

/// How the columns of a table stand side by side.
struct Layout {
  std::vector<Fitted> columns;
  std::size_t gap = 2;  ///< spaces between two columns
};

/// Lays a table out in `width` terminal columns; 0 means as many as are needed. Where there is too
/// little room it does more and more, and stops as soon as the table fits:
///
/// 1. Names of columns that are wider than their values are broken at their spaces, into two lines.
/// 2. Ids are shortened.
/// 3. The milliseconds of times are left away.
/// 4. Columns that hold nothing are left out, and names take as many lines as they need.
/// 5. Columns stand one space apart.
/// 6. Sentences are broken into lines. Names are cut where what is left tells them apart, and
/// broken
///    into lines, too, where it does not.
///
/// Numbers are never cut. Absent when even that is not enough: then each row needs a block of its
/// own.
[[nodiscard]] std::optional<Layout> fit(std::vector<Shown>& columns, std::size_t width);

}  // namespace fleetmeter::format
