#include "store/statement.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <algorithm>

#include "fleetmeter/error.hpp"
#include "store/connection.hpp"
#include "store/schema_objects.hpp"

namespace fleetmeter::store {

namespace {

std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> prepare(SQLite::Database& db,
                                                              const sql::SqlText& source) {
  sqlite3_stmt* made = nullptr;
  const int code =
      sqlite3_prepare_v3(db.getHandle(), source.text.data(), static_cast<int>(source.text.size()),
                         SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  if (code == SQLITE_OK) {
    return {made, sqlite3_finalize};
  }
  if ((code & 0xFF) != SQLITE_ERROR) {
    throw SQLite::Exception(db.getHandle(), code);
  }
  const std::string message = sqlite3_errmsg(db.getHandle());
  const int offset = sqlite3_error_offset(db.getHandle());
  if (schema_of(db) != schema_at(schema_version())) {
    throw damaged(std::string(source.path) + ": " + message +
                  " (tables or views are not as the migrations make them)");
  }
  throw Error(ErrorKind::internal, offset < 0 ? std::string(source.path) + ": " + message
                                              : locate(source.path, source.text,
                                                       static_cast<std::size_t>(offset), message));
}

}  // namespace

std::string locate(std::string_view path, std::string_view text, std::size_t offset,
                   const std::string& message) {
  // SQLite before 3.41.2 can report an offset past the end of the text.
  offset = std::min(offset, text.size());
  const std::size_t before = text.substr(0, offset).rfind('\n');
  const std::size_t line_begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t line_end = std::min(text.find('\n', offset), text.size());
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  const std::size_t column = offset - line_begin + 1;
  return std::string(path) + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " +
         message + '\n' + std::string(text.substr(line_begin, line_end - line_begin)) + '\n' +
         std::string(column - 1, ' ') + '^';
}

Statement::Statement(SQLite::Database& db, const sql::SqlText& source, int parameters)
    : source_(source), db_(db.getHandle()), statement_(prepare(db, source)) {
  if (sqlite3_bind_parameter_count(statement_.get()) != parameters) {
    throw Error(ErrorKind::internal,
                std::string(source.path) + ": its type has another number of parameters");
  }
  for (int column = 0; column < sqlite3_column_count(statement_.get()); ++column) {
    ranges_.push_back(range_of(sqlite3_column_name(statement_.get(), column)));
  }
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) {
    throw SQLite::Exception(db_, code);
  }
}

void Statement::put(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), parameter, value));
}

void Statement::put(int parameter, double value) {
  check(sqlite3_bind_double(statement_.get(), parameter, value));
}

void Statement::put(int parameter, std::string_view text) {
  // A null pointer would be NULL, which an empty text is not.
  check(sqlite3_bind_text64(statement_.get(), parameter, text.data() == nullptr ? "" : text.data(),
                            text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::put(int parameter, sql::Blob blob) {
  check(sqlite3_bind_blob64(statement_.get(), parameter,
                            blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                            blob.bytes.size(), SQLITE_STATIC));
}

void Statement::put(int parameter, std::nullptr_t) {
  check(sqlite3_bind_null(statement_.get(), parameter));
}

void Statement::put(int parameter, const sql::ValueView& value) {
  std::visit([&](const auto& one) { put(parameter, one); }, value);
}

bool Statement::is_open() const {
  return sqlite3_stmt_busy(statement_.get()) != 0;
}

bool Statement::next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    const SQLite::Exception failure(db_, code);  // says what it can before the reset forgets it
    reset();
    throw SQLite::Exception(failure);
  }
  reset();
  return false;
}

void Statement::run() {
  if (next()) {
    throw Error(ErrorKind::internal, std::string(source_.path) + ": gave rows nobody expected");
  }
}

void Statement::reset() noexcept {
  sqlite3_reset(statement_.get());  // its code repeats that of the last step
}

void Statement::refuse(int column, const std::string& what) const {
  throw Error(ErrorKind::foreign_store,
              std::string(source_.path) + ": " + sqlite3_column_name(statement_.get(), column) +
                  " is " + what + "; restore a backup, or ingest the archive into a new store");
}

void Statement::take(int column, std::int64_t& value) const {
  std::optional<std::int64_t> found;
  take(column, found);
  if (!found) {
    refuse(column, "NULL, which a store never holds: this one is damaged");
  }
  value = *found;
}

void Statement::take(int column, std::optional<std::int64_t>& value) const {
  // One look-up for type and content; no other thread uses the connection.
  sqlite3_value* const found = sqlite3_column_value(statement_.get(), column);
  const int type = sqlite3_value_type(found);
  if (type == SQLITE_INTEGER) {
    value = sqlite3_value_int64(found);
    const ColumnRange* const range = ranges_[static_cast<std::size_t>(column)];
    if (range != nullptr && (*value < range->least || *value > range->greatest)) {
      refuse(column,
             std::string(range->nature) + " (" + std::to_string(*value) + "): this one is damaged");
    }
  } else if (type == SQLITE_NULL) {
    value.reset();
  } else {
    refuse(column, "not an integer (the store is damaged, or a sum passed 2^63)");
  }
}

void Statement::take(int column, std::string& value) const {
  std::optional<std::string> found;
  take(column, found);
  if (!found) {
    refuse(column, "NULL, which a store never holds: this one is damaged");
  }
  value = std::move(*found);
}

void Statement::take(int column, std::optional<std::string>& value) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) {
    value.reset();
    return;
  }
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  value = bytes == nullptr ? std::string() : std::string(bytes, size);
}

void Statement::take(int column, sql::Value& value) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_INTEGER:
      value = sqlite3_column_int64(statement_.get(), column);
      return;
    case SQLITE_FLOAT:
      value = sqlite3_column_double(statement_.get(), column);
      return;
    case SQLITE_NULL:
      value = nullptr;
      return;
    case SQLITE_BLOB:
      return take(column, value.emplace<sql::BlobBytes>().bytes);
    default:
      return take(column, value.emplace<std::string>());
  }
}

}  // namespace fleetmeter::store
