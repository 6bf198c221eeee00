#include "store/statement.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <algorithm>

#include "fleetmeter/error.hpp"
#include "store/connection.hpp"
#include "store/schema_objects.hpp"

namespace fleetmeter::store {

namespace {

std::shared_ptr<sqlite3_stmt> prepare(SQLite::Database& db, const sql::SqlText& source) {
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

Statement::Statement(SQLite::Database& db, const sql::SqlText& source)
    : source_(source),
      db_(db.getHandle()),
      statement_(prepare(db, source)),
      bound_(static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_.get())), false),
      all_bound_(bound_.empty()) {}

Statement::Statement(SQLite::Database& db, const sql::SqlText& source,
                     std::initializer_list<const char*> parameters)
    : Statement(db, source) {
  int index = 0;
  for (const char* name : parameters) {
    if (sqlite3_bind_parameter_index(statement_.get(), name) != ++index) {
      throw Error(ErrorKind::internal, std::string(source.path) + ": parameter " +
                                           std::to_string(index) + " is not " + name);
    }
  }
  in_order_ = true;
  expect_count(parameters.size());
}

void Statement::expect_count(std::size_t count) const {
  if (!in_order_ || count != bound_.size()) {
    throw Error(ErrorKind::internal, std::string(source_.path) + ": has " +
                                         std::to_string(bound_.size()) + " parameters, not " +
                                         std::to_string(count));
  }
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) {
    throw SQLite::Exception(db_, code);
  }
}

int Statement::parameter(const char* name) {
  const int index = sqlite3_bind_parameter_index(statement_.get(), name);
  if (index == 0) {
    throw Error(ErrorKind::internal,
                std::string(source_.path) + ": no parameter is called " + name);
  }
  bound_[static_cast<std::size_t>(index - 1)] = true;
  return index;
}

void Statement::set(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), index, value));
}

void Statement::set(int index, double value) {
  check(sqlite3_bind_double(statement_.get(), index, value));
}

void Statement::set(int index, std::string_view text) {
  // A null pointer would be NULL, which an empty text is not.
  check(sqlite3_bind_text64(statement_.get(), index, text.data() == nullptr ? "" : text.data(),
                            text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::set(int index, Blob blob) {
  check(sqlite3_bind_blob64(statement_.get(), index,
                            blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                            blob.bytes.size(), SQLITE_STATIC));
}

void Statement::set(int index, std::nullopt_t) {
  check(sqlite3_bind_null(statement_.get(), index));
}

void Statement::set(int index, const normalise::Number& number) {
  switch (number.kind) {
    case model::LooseNumber::Kind::absent:
      return set(index, std::nullopt);
    case model::LooseNumber::Kind::integer:
      return set(index, number.integer);
    case model::LooseNumber::Kind::real:
      return set(index, number.real);
    case model::LooseNumber::Kind::text:
      return set(index, std::string_view(number.text));
  }
}

Statement& Statement::bind(const char* name, std::int64_t value) {
  set(parameter(name), value);
  return *this;
}

Statement& Statement::bind(const char* name, double value) {
  set(parameter(name), value);
  return *this;
}

Statement& Statement::bind(const char* name, std::string_view text) {
  set(parameter(name), text);
  return *this;
}

Statement& Statement::bind(const char* name, const std::optional<std::int64_t>& value) {
  set(parameter(name), value);
  return *this;
}

Statement& Statement::bind_blob(const char* name, std::string_view bytes) {
  set(parameter(name), Blob{bytes});
  return *this;
}

Statement& Statement::bind_null(const char* name) {
  set(parameter(name), std::nullopt);
  return *this;
}

bool Statement::next() {
  if (!started_) {
    started_ = true;
    all_bound_ = all_bound_ || std::find(bound_.begin(), bound_.end(), false) == bound_.end();
    if (!all_bound_) {
      throw Error(ErrorKind::internal, std::string(source_.path) + ": a parameter is not bound");
    }
  }
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    const SQLite::Exception failure(db_, code);
    reset();
    throw failure;
  }
  reset();
  return false;
}

void Statement::run() {
  if (next()) {
    throw Error(ErrorKind::internal, std::string(source_.path) + ": gave rows nobody expected");
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());  // its code repeats that of the last step
  started_ = false;
}

int Statement::column(const char* name) const {
  for (int i = 0; i < column_count(); ++i) {
    if (column_name(i) == name) {
      return i;
    }
  }
  throw Error(ErrorKind::internal, std::string(source_.path) + ": no column is called " + name);
}

std::int64_t Statement::integer(int column) const {
  const std::optional<std::int64_t> value = maybe_integer(column);
  if (!value) {
    throw Error(ErrorKind::foreign_store,
                std::string(source_.path) + ": " + column_name(column) +
                    " is NULL, which a store never holds: this one is damaged; restore a backup, "
                    "or ingest the archive into a new store");
  }
  return *value;
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  // One look-up for type and content; no other thread uses the connection.
  sqlite3_value* const value = sqlite3_column_value(statement_.get(), column);
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL) {
    return std::nullopt;
  }
  if (type != SQLITE_INTEGER) {
    throw Error(ErrorKind::foreign_store,
                std::string(source_.path) + ": " + column_name(column) +
                    " is not an integer (the store is damaged, or a sum passed 2^63); restore a "
                    "backup, or ingest the archive into a new store");
  }
  return sqlite3_value_int64(value);
}

std::string Statement::text(int column) const {
  return maybe_text(column).value_or("");
}

std::optional<std::string> Statement::maybe_text(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) {
    return std::nullopt;
  }
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

std::string Statement::bytes(int column) const {
  return text(column);
}

SQLite::Column Statement::cell(int column) const {
  return SQLite::Column(statement_, column);
}

int Statement::column_count() const {
  return sqlite3_column_count(statement_.get());
}

std::string Statement::column_name(int column) const {
  return sqlite3_column_name(statement_.get(), column);
}

}  // namespace fleetmeter::store
