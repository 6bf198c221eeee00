#include "store/waiting_rows.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <new>

#include "fleetmeter/error.hpp"
#include "store/virtual_table.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostTextBytes = 256 * 1024;

}  // namespace

/// What SQLite calls. There is one way to read the rows, from the first to the last.
struct WaitingRows::VirtualTable {
  struct Table : sqlite3_vtab {
    const WaitingRows* rows = nullptr;
  };
  struct Cursor : sqlite3_vtab_cursor {
    const WaitingRows* rows = nullptr;
    std::size_t row = 0;  ///< its first cell
  };

  static int connect(sqlite3* db, void* rows, int, const char* const*, sqlite3_vtab** made,
                     char**) {
    auto* table = new (std::nothrow) Table();
    if (table == nullptr) {
      return SQLITE_NOMEM;
    }
    table->rows = static_cast<const WaitingRows*>(rows);
    *made = table;
    return sqlite3_declare_vtab(db, table->rows->declaration_);
  }
  static int disconnect(sqlite3_vtab* table) {
    delete static_cast<Table*>(table);
    return SQLITE_OK;
  }
  static int best_index(sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; }
  static int open(sqlite3_vtab* table, sqlite3_vtab_cursor** made) {
    auto* cursor = new (std::nothrow) Cursor();
    if (cursor == nullptr) {
      return SQLITE_NOMEM;
    }
    cursor->rows = static_cast<Table*>(table)->rows;
    *made = cursor;
    return SQLITE_OK;
  }
  static int close(sqlite3_vtab_cursor* cursor) {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
  }
  static int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
    static_cast<Cursor*>(cursor)->row = 0;
    return SQLITE_OK;
  }
  static int next(sqlite3_vtab_cursor* cursor) {
    auto* at = static_cast<Cursor*>(cursor);
    at->row += at->rows->columns_;
    return SQLITE_OK;
  }
  static int at_end(sqlite3_vtab_cursor* cursor) {
    const auto* at = static_cast<Cursor*>(cursor);
    return at->row >= at->rows->cells_.size() ? 1 : 0;
  }
  static int column(sqlite3_vtab_cursor* cursor, sqlite3_context* to, int column) {
    const auto* at = static_cast<Cursor*>(cursor);
    give(*at->rows, at->rows->cells_[at->row + static_cast<std::size_t>(column)], to);
    return SQLITE_OK;
  }
  static int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
    *out = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row);
    return SQLITE_OK;
  }

  static void give(const WaitingRows& rows, const Cell& cell, sqlite3_context* to) {
    const char* const bytes = rows.texts_.data();
    switch (cell.kind) {
      case Kind::null:
        return;
      case Kind::integer:
        return sqlite3_result_int64(to, cell.content.integer);
      case Kind::real:
        return sqlite3_result_double(to, cell.content.real);
      case Kind::text:
        return sqlite3_result_text64(to, bytes + cell.content.begin, cell.size, SQLITE_STATIC,
                                     SQLITE_UTF8);
      case Kind::blob:
        return sqlite3_result_blob64(to, bytes + cell.content.begin, cell.size, SQLITE_STATIC);
    }
  }
};

WaitingRows::WaitingRows(sqlite3* db, const char* name, const char* declaration,
                         std::size_t columns, std::size_t most_rows)
    : db_(db),
      name_(name),
      declaration_(declaration),
      columns_(columns),
      most_cells_(columns * most_rows) {
  // A second table of this name would take the place of the first.
  sqlite3_stmt* other = nullptr;
  const std::string probe = std::string("SELECT 1 FROM ") + name_;
  const bool is_there = sqlite3_prepare_v2(db_, probe.c_str(), -1, &other, nullptr) == SQLITE_OK;
  sqlite3_finalize(other);
  if (is_there) {
    throw Error(ErrorKind::internal, std::string(name_) + ": rows wait twice on one connection");
  }
  cells_.reserve(most_cells_);
  static constexpr sqlite3_module kModule = module_of<VirtualTable>();
  if (const int code = sqlite3_create_module(db_, name_, &kModule, this); code != SQLITE_OK) {
    throw SQLite::Exception(db_, code);
  }
}

WaitingRows::~WaitingRows() {
  sqlite3_create_module(db_, name_, nullptr, nullptr);
}

bool WaitingRows::is_full() const {
  return cells_.size() >= most_cells_ || texts_.size() >= kMostTextBytes;
}

void WaitingRows::clear() {
  cells_.clear();
  texts_.clear();
}

void WaitingRows::put(const sql::ValueView& value) {
  std::visit([this](const auto& one) { put(one); }, value);
}

void WaitingRows::keep(Kind kind, std::string_view bytes) {
  cells_.push_back({kind, static_cast<std::uint32_t>(bytes.size()), {.begin = texts_.size()}});
  texts_ += bytes;
}

}  // namespace fleetmeter::store
