#include "cli/run_sql.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/output.hpp"
#include "cli/statements.hpp"
#include "cli/tables.hpp"

namespace fleetmeter::cli {

namespace {

constexpr auto kKeywords = std::to_array<std::string_view>(
    {"AND",    "AS",   "ASC",      "avg",   "BETWEEN", "BY",     "CASE",  "CAST",
     "count",  "DESC", "DISTINCT", "ELSE",  "END",     "EXISTS", "FROM",  "GROUP",
     "HAVING", "IN",   "IS",       "JOIN",  "LEFT",    "LIKE",   "LIMIT", "max",
     "min",    "NOT",  "NULL",     "ON",    "OR",      "ORDER",  "OVER",  "PARTITION",
     "SELECT", "sum",  "THEN",     "UNION", "USING",   "WHEN",   "WHERE", "WITH"});

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The name behind `no such table: ` and the like in the first line of a message; "" elsewhere.
std::string name_behind(const std::string& message, const std::string& what) {
  const std::size_t at = message.find(what);
  const std::size_t end = std::min(message.find('\n'), message.size());
  return at == std::string::npos || at > end
             ? ""
             : message.substr(at + what.size(), end - at - what.size());
}

std::vector<std::string> table_names() {
  std::vector<std::string> names;
  for (const StoreTable& table : store_tables()) {
    names.push_back(table.name);
  }
  return names;
}

/// The columns of the tables that a statement mentions; of all when it mentions none.
std::vector<std::string> columns_meant(const Store& store, const std::string& statement) {
  std::vector<std::string> columns;
  for (const std::string& table : table_names()) {
    if (statement.find(table) != std::string::npos) {
      const auto of_table = column_names_of(store, table);
      columns.insert(columns.end(), of_table.begin(), of_table.end());
    }
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns.empty() ? names_in_sql(store) : columns;
}

/// A message with the names that were probably meant, at the end of its first line.
std::string with_nearest_name(const std::string& message, const std::string& statement,
                              const Store& store) {
  std::string hint;
  if (const std::string table = name_behind(message, "no such table: "); !table.empty()) {
    hint = did_you_mean(table, table_names());
    hint += hint.empty() ? "; `fleetmeter sql --tables` lists them" : "";
  } else if (std::string column = name_behind(message, "no such column: "); !column.empty()) {
    column.erase(0, column.find('.') + 1);  // behind the name of its table, if there is one
    hint = did_you_mean(column, columns_meant(store, statement));
  }
  std::string with_hint = message;
  return with_hint.insert(std::min(message.find('\n'), message.size()), hint);
}

}  // namespace

ProcessChoices own_process() {
  return {.limit_memory = true, .on_overrun = [] {
            std::fputs("fleetmeter: stopped: one call ran far past the time limit\n", stderr);
            std::_Exit(static_cast<int>(ErrorKind::busy));
          }};
}

void write_sql(const Options& options, const Store& store, const std::string& statement) {
  SqlLimits limits;
  limits.timeout_ms = parse_duration("--timeout", options.timeout);
  limits.max_rows = options.max_rows;
  limits.process = own_process();
  try {
    write_answer(options,
                 [&](RowSink& sink) { store.sql(statement, sink, limits, question_of(options)); });
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::usage) {
      throw;
    }
    throw Error(error.kind(), with_nearest_name(error.what(), statement, store));
  }
}

std::vector<std::string> completions_of(bool is_first, const std::string& line,
                                        const std::vector<std::string>& names) {
  const auto begin = std::find_if_not(line.rbegin(), line.rend(), is_word_sign).base();
  const std::string word(begin, line.end());
  std::vector<std::string> found;
  const auto add = [&](std::string_view name) {
    if (lower(name).starts_with(lower(word))) {
      found.emplace_back(name);
    }
  };
  if (is_first && line.starts_with('.')) {
    const bool is_argument = begin != line.begin();
    for (const std::string& name :
         is_argument ? table_names()
                     : std::vector<std::string>{".help", ".quit", ".schema", ".tables"}) {
      add(name);
    }
    return found;
  }
  if (word.empty()) {
    return found;
  }
  // Behind a table and a point stands a column.
  if (const std::size_t point = word.rfind('.'); point != std::string::npos) {
    for (const std::string& name : names) {
      if (lower(name).starts_with(lower(word.substr(point + 1)))) {
        found.push_back(word.substr(0, point + 1) + name);
      }
    }
    return found;
  }
  const bool is_lower =
      std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::isupper(c) != 0; });
  for (const std::string_view keyword : kKeywords) {
    add(is_lower ? lower(keyword) : std::string(keyword));
  }
  std::for_each(names.begin(), names.end(), add);
  return found;
}

}  // namespace fleetmeter::cli
