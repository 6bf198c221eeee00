#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "cli/asked_store.hpp"
#include "cli/known_names.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/prompt.hpp"
#include "cli/query_options.hpp"
#include "cli/read_file.hpp"
#include "cli/run_sql.hpp"
#include "cli/store_paths.hpp"
#include "cli/tables.hpp"

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

int show_query(const Options& options, const NamedQuery& query) {
  if (!options.dbs.empty()) {
    refuse_several_stores("query --show", options.dbs);
  }
  write_text(options, query_script(query.name, parameters_of(options, query), question_of(options),
                                   options.db));
  return 0;
}

/// Whether somebody sits at a terminal, and gave no statement.
bool is_prompted(const Options& options) {
  return options.sql.empty() && !options.sql_file && !options.output && is_terminal(STDIN_FILENO) &&
         is_terminal(STDOUT_FILENO);
}

std::string sql_text(const Options& options) {
  if (options.sql_file && !options.sql.empty()) {
    throw Error(ErrorKind::usage, "sql: give the SELECT or -f FILE, not both");
  }
  return options.sql.empty() ? read_file(options.sql_file.value_or("-")) : options.sql;
}

/// Leaves this process what the statement and its answer need. A path may be a link.
void confine(const Options& options, const std::string& store_path) {
  const auto folder_of = [](const std::string& path) {
    std::error_code error;
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error)
        .parent_path()
        .string();
  };
  std::vector<std::string> folders{folder_of(store_path)};
  if (options.output) {
    folders.push_back(folder_of(*options.output));
  }
  if (format_of(options) == Format::xlsx) {
    folders.push_back(folder_for_temporaries());  // where a workbook is made
  }
  confine_thread(folders);
}

}  // namespace

int run_query(const Options& options) {
  if (options.name.empty()) {
    return list_queries(options);
  }
  const NamedQuery query = query_called(options.name);
  if (options.show) {
    return show_query(options, query);
  }
  auto parameters = parameters_of(options, query);
  const Question question = question_of(options);
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  if (const auto process = parameters.find("process_id"); process != parameters.end()) {
    process->second = process_called("--process-id", process->second, store);
  }
  write_answer(options, [&](RowSink& sink) {
    store.query(query.name, parameters, question, sink, own_process());
  });
  return 0;
}

int run_sql(const Options& options) {
  if (options.list_tables) {
    return list_tables(options);
  }
  if (options.schema) {
    return describe_table(options, *options.schema);
  }
  if (options.total) {
    throw Error(ErrorKind::usage,
                "--total: a statement can add up by itself, as in SELECT sum(egress_bytes) ...");
  }
  if (is_prompted(options)) {
    if (!options.dbs.empty()) {
      refuse_several_stores("sql at the prompt", options.dbs);
    }
    return run_prompt(options);
  }
  const std::string text = sql_text(options);
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  confine(options, asked_store.path());
  write_sql(options, store, text);
  return 0;
}

}  // namespace fleetmeter::cli
