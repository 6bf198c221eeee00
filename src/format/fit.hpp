#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fleetmeter::format {

/// A column of a table before it is laid out; widths are terminal columns.
struct Column {
  std::string name;
  std::size_t width = 0;  ///< of its widest cell
  bool is_text = false;   ///< its cells may be cut; those of numbers may not
};

/// A column as it is shown.
struct Fitted {
  std::vector<std::string> head;  ///< the lines of its name
  std::size_t width = 0;          ///< wider cells are cut
};

inline constexpr std::size_t kBetween = 2;  // spaces between two columns

/// Lays columns out in `width` terminal columns; 0 means as many as are needed. When there is too
/// little room, names that are wider than their cells are broken after an underscore, and then the
/// widest texts are cut. When even that is not enough, nothing is cut, and the terminal wraps
/// lines.
[[nodiscard]] std::vector<Fitted> fit(const std::vector<Column>& columns, std::size_t width);

}  // namespace fleetmeter::format
