#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

int list_queries(const Options& options) {
  write_answer(options, [](RowSink& sink) {
    sink.columns({"name", "answers"});
    for (const NamedQuery& query : named_queries()) {
      sink.row({query.name, query.summary});
    }
    sink.end();
  });
  return 0;
}

std::map<std::string, std::string> parameters_of(const Options& options) {
  std::map<std::string, std::string> parameters;
  for (const std::string& one : options.parameters) {
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorKind::usage, "--param: not of the form name=value (" + printable(one) + ")");
    }
    parameters[one.substr(0, equals)] = one.substr(equals + 1);
  }
  return parameters;
}

int show_query(const Options& options) {
  write_text(options,
             query_script(options.name, parameters_of(options), question_of(options), options.db));
  return 0;
}

std::string read_all(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string sql_text(const Options& options) {
  if (options.sql_file && !options.sql.empty()) {
    throw Error(ErrorKind::usage, "sql: give the SELECT or -f FILE, not both");
  }
  if (options.sql_file) {
    std::ifstream file(*options.sql_file, std::ios::binary);
    if (!file) {
      throw Error(ErrorKind::no_input, *options.sql_file + ": cannot be opened");
    }
    return read_all(file);
  }
  return options.sql.empty() ? read_all(std::cin) : options.sql;
}

/// This process runs one statement and ends: its memory may be limited, and a call that nothing can
/// interrupt ends it.
ProcessChoices own_process() {
  return {.limit_memory = true, .on_overrun = [] {
            std::fputs("fleetmeter: stopped: one call ran far past the time limit\n", stderr);
            std::_Exit(static_cast<int>(ErrorKind::busy));
          }};
}

}  // namespace

int run_query(const Options& options) {
  if (options.name.empty()) {
    return list_queries(options);
  }
  if (options.show) {
    return show_query(options);
  }
  const Question question = question_of(options);
  const Store store = Store::open(options.db);
  write_answer(options, [&](RowSink& sink) {
    store.query(options.name, parameters_of(options), question, sink, own_process());
  });
  return 0;
}

int run_sql(const Options& options) {
  const std::string text = sql_text(options);
  SqlLimits limits;
  limits.timeout_ms = parse_duration("--timeout", options.timeout);
  limits.max_rows = options.max_rows;
  limits.process = own_process();
  const Store store = Store::open(options.db);
  write_answer(options,
               [&](RowSink& sink) { store.sql(text, sink, limits, question_of(options)); });
  return 0;
}

}  // namespace fleetmeter::cli
