#include "store/bulk_insert.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <atomic>
#include <cctype>
#include <new>
#include <vector>

#include "fleetmeter/error.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostCells = 4096;
// A step that replaces rows keeps the pages it changed, to undo itself: it is shorter.
constexpr std::size_t kMostReplacing = 64;  // rows
constexpr std::size_t kMostTextBytes = 256 * 1024;

/// Expressions with columns in place of their parameters: `waiting."from"` for `:from`.
std::string columns_for(std::string_view expressions) {
  std::string out;
  bool in_name = false;
  for (const char c : expressions) {
    const bool goes_on = in_name && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_');
    out += in_name && !goes_on ? "\"" : "";
    out += c == ':' ? "waiting.\"" : std::string(1, c);
    in_name = goes_on || c == ':';
  }
  return out + (in_name ? "\"" : "");
}

bool is_replacing(std::string_view text) {
  return text.find("INSERT OR REPLACE") != std::string_view::npos;
}

/// How many rows one step writes.
std::size_t most_rows(std::string_view text, std::size_t columns) {
  return is_replacing(text) ? kMostReplacing : kMostCells / columns;
}

/// The statement with its VALUES taken from the columns of a virtual table that are called like its
/// parameters. It needs no undoing of half a step, so it keeps no journal for that.
std::string selecting(const sql::SqlText& source, const std::string& table) {
  constexpr std::string_view kVerb = "INSERT ";
  constexpr std::string_view kRow = "VALUES (";
  const std::size_t verb = source.text.find(kVerb);
  const std::size_t row = source.text.rfind(kRow);
  const std::size_t end = source.text.rfind(')');
  if (verb == std::string_view::npos || row == std::string_view::npos) {
    throw Error(ErrorKind::internal, std::string(source.path) + ": is no INSERT of one row");
  }
  const std::size_t into = verb + kVerb.size();
  const std::string values =
      columns_for(source.text.substr(row + kRow.size(), end - row - kRow.size()));
  std::string text(source.text.substr(0, into));
  text += source.text.substr(into).starts_with("INTO") ? "OR FAIL " : "";
  text += source.text.substr(into, row - into);
  return text + "SELECT " + values + " FROM \"" + table + "\" AS waiting";
}

}  // namespace

/// The rows that wait, as a virtual table of the connection. There is one cursor at a time.
class BulkInsert::Waiting {
 public:
  Waiting(SQLite::Database& db, const sql::SqlText& source,
          std::initializer_list<const char*> parameters)
      : db_(db.getHandle()),
        path_(source.path),
        columns_(parameters.size()),
        cells_(most_rows(source.text, parameters.size()) * parameters.size()) {
    static std::atomic<unsigned> made{0};
    name_ = path_ + ' ' + std::to_string(++made);
    for (const char* parameter : parameters) {
      declaration_ += declaration_.empty() ? "CREATE TABLE waiting (\"" : ", \"";
      declaration_ += std::string(parameter + 1) + '"';
    }
    declaration_ += ')';
    text_ = selecting(source, name_);
    statement_ = {path_, text_};
    if (const int code = sqlite3_create_module(db_, name_.c_str(), &kModule, this);
        code != SQLITE_OK) {
      throw SQLite::Exception(db_, code);
    }
  }
  ~Waiting() { sqlite3_create_module(db_, name_.c_str(), nullptr, nullptr); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  [[nodiscard]] const sql::SqlText& statement() const { return statement_; }
  [[nodiscard]] bool empty() const { return used_ == 0; }
  [[nodiscard]] bool is_much() const {
    return used_ == cells_.size() || texts_.size() >= kMostTextBytes;
  }

  /// The cells of one more row.
  [[nodiscard]] Cell* add_row(std::size_t count) {
    if (count != columns_) {
      throw Error(ErrorKind::internal, path_ + ": has " + std::to_string(columns_) +
                                           " parameters, not " + std::to_string(count));
    }
    used_ += columns_;
    return cells_.data() + used_ - columns_;
  }
  [[nodiscard]] Cell keep(Cell::Kind kind, std::string_view bytes) {
    Cell cell{kind, static_cast<std::uint32_t>(bytes.size()), {}};
    cell.begin = texts_.size();
    texts_ += bytes;
    return cell;
  }
  void clear() {
    used_ = 0;
    texts_.clear();
  }

 private:
  struct Table : sqlite3_vtab {
    const Waiting* rows = nullptr;
  };
  struct Cursor : sqlite3_vtab_cursor {
    const Waiting* rows = nullptr;
    std::size_t row = 0;  ///< its first cell
  };

  static int connect(sqlite3* db, void* rows, int, const char* const*, sqlite3_vtab** made,
                     char**) {
    const auto* waiting = static_cast<const Waiting*>(rows);
    auto* table = new (std::nothrow) Table();
    if (table == nullptr) {
      return SQLITE_NOMEM;
    }
    table->rows = waiting;
    *made = table;
    return sqlite3_declare_vtab(db, waiting->declaration_.c_str());
  }
  static int disconnect(sqlite3_vtab* table) {
    delete static_cast<Table*>(table);
    return SQLITE_OK;
  }
  static int best_index(sqlite3_vtab*, sqlite3_index_info*) {
    return SQLITE_OK;  // there is one way to read them all
  }
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
  static int rewind(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
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
    return at->row >= at->rows->used_ ? 1 : 0;
  }
  static int column(sqlite3_vtab_cursor* cursor, sqlite3_context* to, int column) {
    const auto* at = static_cast<Cursor*>(cursor);
    at->rows->give(at->rows->cells_[at->row + static_cast<std::size_t>(column)], to);
    return SQLITE_OK;
  }
  static int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
    *out = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row);
    return SQLITE_OK;
  }

  void give(const Cell& cell, sqlite3_context* to) const {
    switch (cell.kind) {
      case Cell::Kind::null:
        return;
      case Cell::Kind::integer:
        return sqlite3_result_int64(to, cell.integer);
      case Cell::Kind::real:
        return sqlite3_result_double(to, cell.real);
      case Cell::Kind::text:
        return sqlite3_result_text64(to, texts_.data() + cell.begin, cell.size, SQLITE_STATIC,
                                     SQLITE_UTF8);
      case Cell::Kind::blob:
        return sqlite3_result_blob64(to, texts_.data() + cell.begin, cell.size, SQLITE_STATIC);
    }
  }

  static constexpr sqlite3_module kModule = [] {
    sqlite3_module module{};  // without xCreate: the table is there, under the module's name
    module.xConnect = connect;
    module.xBestIndex = best_index;
    module.xDisconnect = disconnect;
    module.xOpen = open;
    module.xClose = close;
    module.xFilter = rewind;
    module.xNext = next;
    module.xEof = at_end;
    module.xColumn = column;
    module.xRowid = rowid;
    return module;
  }();

  sqlite3* db_;
  std::string path_;
  std::string name_;
  std::string declaration_;
  std::string text_;
  sql::SqlText statement_;
  std::size_t columns_;
  std::vector<Cell> cells_;
  std::size_t used_ = 0;  ///< of the cells
  std::string texts_;
};

BulkInsert::BulkInsert(SQLite::Database& db, const sql::SqlText& source,
                       std::initializer_list<const char*> parameters)
    : waiting_(std::make_unique<Waiting>(db, source, parameters)),
      statement_(db, waiting_->statement()) {}
BulkInsert::~BulkInsert() = default;

BulkInsert::Cell* BulkInsert::begin_row(std::size_t count) {
  return waiting_->add_row(count);
}

void BulkInsert::end_row() {
  if (waiting_->is_much()) {
    flush();
  }
}

void BulkInsert::flush() {
  if (!waiting_->empty()) {
    statement_.run();
    waiting_->clear();
  }
}

void BulkInsert::put(Cell& cell, const normalise::Number& number) {
  switch (number.kind) {
    case model::LooseNumber::Kind::absent:
      return put(cell, std::optional<std::int64_t>());
    case model::LooseNumber::Kind::integer:
      return put(cell, number.integer);
    case model::LooseNumber::Kind::real:
      cell.kind = Cell::Kind::real;
      cell.real = number.real;
      return;
    case model::LooseNumber::Kind::text:
      return put(cell, std::string_view(number.text));
  }
}

void BulkInsert::put(Cell& cell, std::string_view text) {
  cell = waiting_->keep(Cell::Kind::text, text);
}

void BulkInsert::put(Cell& cell, Blob blob) {
  cell = waiting_->keep(Cell::Kind::blob, blob.bytes);
}

}  // namespace fleetmeter::store
