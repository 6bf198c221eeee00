#include "store/statement.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <algorithm>

#include "fleetmeter/error.hpp"

namespace fleetmeter::store {

namespace {

SQLite::Statement prepare(SQLite::Database& db, const sql::SqlText& source) {
  try {
    return {db, std::string(source.text)};
  } catch (const SQLite::Exception& failure) {
    const int offset = sqlite3_error_offset(db.getHandle());
    const std::string message =
        offset < 0
            ? std::string(source.path) + ": " + failure.what()
            : locate(source.path, source.text, static_cast<std::size_t>(offset), failure.what());
    throw Error(ErrorKind::internal, message);
  }
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
      statement_(prepare(db, source)),
      bound_(static_cast<std::size_t>(statement_.getBindParameterCount()), false) {}

int Statement::parameter(const char* name) {
  const int index = statement_.getIndex(name);
  if (index == 0) {
    throw Error(ErrorKind::internal,
                std::string(source_.path) + ": no parameter is called " + name);
  }
  bound_[static_cast<std::size_t>(index - 1)] = true;
  return index;
}

Statement& Statement::bind(const char* name, std::int64_t value) {
  statement_.bind(parameter(name), value);
  return *this;
}

Statement& Statement::bind(const char* name, double value) {
  statement_.bind(parameter(name), value);
  return *this;
}

Statement& Statement::bind(const char* name, std::string_view text) {
  statement_.bind(parameter(name), std::string(text));
  return *this;
}

Statement& Statement::bind(const char* name, const std::optional<std::int64_t>& value) {
  return value ? bind(name, *value) : bind_null(name);
}

Statement& Statement::bind(const char* name, const std::optional<std::string>& text) {
  return text ? bind(name, std::string_view(*text)) : bind_null(name);
}

Statement& Statement::bind_text(const char* name, const std::optional<std::string_view>& text) {
  return text ? bind(name, *text) : bind_null(name);
}

Statement& Statement::bind_blob(const char* name, std::string_view bytes) {
  statement_.bind(parameter(name), static_cast<const void*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return *this;
}

Statement& Statement::bind_null(const char* name) {
  statement_.bind(parameter(name));
  return *this;
}

bool Statement::next() {
  if (!started_) {
    started_ = true;
    if (std::find(bound_.begin(), bound_.end(), false) != bound_.end()) {
      throw Error(ErrorKind::internal, std::string(source_.path) + ": a parameter is not bound");
    }
  }
  if (statement_.executeStep()) {
    return true;
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
  statement_.reset();
  started_ = false;
}

int Statement::column(const char* name) const {
  return statement_.getColumnIndex(name);
}

std::int64_t Statement::integer(int column) const {
  const std::optional<std::int64_t> value = maybe_integer(column);
  if (!value) {
    throw Error(ErrorKind::data, std::string(source_.path) + ": " + column_name(column) +
                                     " is NULL, which this store should never hold");
  }
  return *value;
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  if (value.isNull()) {
    return std::nullopt;
  }
  if (!value.isInteger()) {
    throw Error(ErrorKind::data, std::string(source_.path) + ": " + column_name(column) +
                                     " is not an integer (the store is damaged, or a sum "
                                     "passed 2^63)");
  }
  return value.getInt64();
}

std::string Statement::text(int column) const {
  return maybe_text(column).value_or("");
}

std::optional<std::string> Statement::maybe_text(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  return value.isNull() ? std::nullopt : std::optional(value.getString());
}

std::string Statement::bytes(int column) const {
  return text(column);
}

SQLite::Column Statement::cell(int column) const {
  return statement_.getColumn(column);
}

int Statement::column_count() const {
  return statement_.getColumnCount();
}

std::string Statement::column_name(int column) const {
  return statement_.getColumnName(column);
}

}  // namespace fleetmeter::store
