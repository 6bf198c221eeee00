#pragma once

#include <sqlite3.h>

namespace fleetmeter::store {

/// The module of a table that can only be read, and is there under the module's name without being
/// created. `Table` has what SQLite calls as static functions: connect, disconnect, best_index,
/// open, close, filter, next, at_end, column and rowid.
template <class Table>
[[nodiscard]] constexpr sqlite3_module module_of() {
  sqlite3_module module{};
  module.xConnect = Table::connect;
  module.xBestIndex = Table::best_index;
  module.xDisconnect = Table::disconnect;
  module.xOpen = Table::open;
  module.xClose = Table::close;
  module.xFilter = Table::filter;
  module.xNext = Table::next;
  module.xEof = Table::at_end;
  module.xColumn = Table::column;
  module.xRowid = Table::rowid;
  return module;
}

}  // namespace fleetmeter::store
