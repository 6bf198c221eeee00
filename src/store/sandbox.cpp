#include "store/sandbox.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <thread>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "store/connection.hpp"
#include "store/known_tables.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

/// On the disk, runs of so much are sorted and merged by so many other threads.
constexpr int kSortingThreads = 2;
constexpr int kSortedRunKib = 1000;

using Clock = std::chrono::steady_clock;

/// Tells the client when a call overruns its deadline by far.
class Watchdog {
 public:
  Watchdog(std::chrono::milliseconds limit, const std::function<void()>& on_overrun)
      : on_overrun_(on_overrun), thread_([this, limit] { watch(limit); }) {}
  ~Watchdog() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void watch(std::chrono::milliseconds limit) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!changed_.wait_for(lock, limit, [this] { return done_; })) {
      on_overrun_();
    }
  }

  const std::function<void()>& on_overrun_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

/// What a table-valued pragma may tell: how the tables look.
bool is_harmless_pragma(const char* name) {
  for (const char* known :
       {"table_info", "table_xinfo", "table_list", "index_list", "index_info"}) {
    if (std::strcmp(name, known) == 0) {
      return true;
    }
  }
  return false;
}

/// Tables that are not to be read but through the views that stand before them.
struct Hidden {
  std::set<std::string, std::less<>> names;
  std::string met;  ///< the one that a statement was refused for; empty: none
};

/// `function` is the column of a table that is read: "" where rows are only counted, which SQLite
/// does not tell from counting through a view.
int authorize_read(Hidden& hidden, const char* table, const char* column, const char* schema,
                   const char* view) {
  if (view == nullptr && schema != nullptr && std::strcmp(schema, "main") == 0 && *column != '\0' &&
      hidden.names.contains(std::string_view(table))) {
    hidden.met = table;
    return SQLITE_DENY;
  }
  return SQLITE_OK;
}

int authorize(void* hidden, int action, const char* subject, const char* function,
              const char* schema, const char* view) {
  switch (action) {
    case SQLITE_READ:
      return authorize_read(*static_cast<Hidden*>(hidden), subject, function, schema, view);
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_PRAGMA:
      return is_harmless_pragma(subject) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
      return std::strcmp(function, "load_extension") == 0 ||
                     std::strcmp(function, "fts3_tokenizer") == 0
                 ? SQLITE_DENY
                 : SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

/// A text of somebody else's with its control characters blanked, so that its places stay.
std::string visible(std::string_view text) {
  std::string shown(text);
  for (char& c : shown) {
    c = (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F ? ' ' : c;
  }
  return shown;
}

/// What a statement looks at while it runs.
struct Ends {
  Clock::time_point deadline;
  std::stop_token stop;
};

int has_ended(void* ends) {
  const auto& when = *static_cast<const Ends*>(ends);
  return when.stop.stop_requested() || Clock::now() >= when.deadline ? 1 : 0;
}

/// Where SQLite puts temporary files; empty when it finds no folder that it may write to.
std::string temporary_folder(sqlite3* handle) {
  char* name = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_TEMPFILENAME, &name);
  const std::string file = name == nullptr ? "" : name;
  sqlite3_free(name);
  return file.substr(0, file.rfind('/') + 1);
}

/// A connection that can only look.
class Sandbox {
 public:
  Sandbox(const std::string& path, const SandboxLimits& limits, const sql::SqlText& text)
      : path_(path),
        db_(open_store(path, Access::read)),
        ends_{Clock::now() + std::chrono::milliseconds(limits.timeout_ms), limits.stop} {
    sqlite3* const handle = db_->getHandle();
    // Table-valued functions make themselves known on first use, which the authorizer would refuse.
    db_->exec("SELECT 1 FROM json_each('[]'), json_tree('[]'), pragma_table_info('process')");
    if (limits.add_functions) {
      limits.add_functions(handle);
    }
    if (limits.sorts_on_disk && !temporary_folder(handle).empty()) {
      // SQLite's runs are as long as its cache.
      db_->exec("PRAGMA cache_size = -" + std::to_string(kSortedRunKib));
      sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, kSortingThreads);
    } else {
      db_->exec("PRAGMA temp_store = MEMORY");  // sorting meets the memory limit, not the disk
    }
    sqlite3_progress_handler(handle, 10'000, has_ended, &ends_);
    if (limits.known_seq) {
      show(*limits.known_seq, text);
    }
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 200);
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 50);
    sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 1'000'000);
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    if (limits.limits_process_memory) {
      limit_before_ = sqlite3_hard_heap_limit64(limits.max_memory_bytes);
    }
    sqlite3_set_authorizer(handle, authorize, &hidden_);
  }
  ~Sandbox() {
    if (limit_before_) {
      sqlite3_hard_heap_limit64(*limit_before_);
    }
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  [[nodiscard]] sqlite3* handle() const { return db_->getHandle(); }

  [[noreturn]] void fail(int code, const sql::SqlText& text) const {
    const std::string message = visible(sqlite3_errmsg(handle()));
    const std::string where = std::string(text.path) + ": ";
    switch (code & 0xFF) {
      case SQLITE_INTERRUPT:
        end(text);
      case SQLITE_NOMEM:
        throw Error(ErrorKind::usage, where + "stopped at the memory limit");
      case SQLITE_FULL:
        throw Error(ErrorKind::io, where + "no room left for sorting in " +
                                       temporary_folder(handle()) +
                                       " (SQLITE_TMPDIR names another folder)");
      case SQLITE_AUTH:
        throw Error(ErrorKind::usage, where + "refused: " + why_refused(message));
      case SQLITE_ERROR:
      case SQLITE_TOOBIG:
      case SQLITE_RANGE:
      case SQLITE_MISMATCH: {
        const int offset = sqlite3_error_offset(handle());
        throw Error(ErrorKind::usage, offset < 0
                                          ? where + message
                                          : locate(text.path, visible(text.text),
                                                   static_cast<std::size_t>(offset), message));
      }
      default:
        throw to_error(path_, code, message);
    }
  }

 private:
  /// What a statement is told that was stopped.
  [[noreturn]] void end(const sql::SqlText& text) const {
    if (ends_.stop.stop_requested()) {
      throw cancelled();
    }
    throw Error(ErrorKind::busy, std::string(text.path) + ": stopped at the time limit (" +
                                     spelled(Term::timeout) + ")");
  }

  [[nodiscard]] std::string why_refused(const std::string& message) const {
    return hidden_.met.empty() ? "only reading this store is allowed (" + message + ")"
                               : "main." + hidden_.met + " holds what is known by now; " +
                                     hidden_.met + ", without main, shows what was known then";
  }

  /// Making the tables of another state of knowledge counts as the statement's time.
  void show(std::int64_t known_seq, const sql::SqlText& text) {
    const auto check = [&] {
      if (has_ended(&ends_) != 0) {
        end(text);
      }
    };
    try {
      show_as_known(*db_, known_seq, tables_read(*db_, std::string(text.text)), check);
      hidden_.names = shown_instead(*db_);
    } catch (const Error&) {
      check();
      throw;
    }
  }

  std::string path_;
  std::unique_ptr<SQLite::Database> db_;
  Ends ends_;
  Hidden hidden_;
  std::optional<sqlite3_int64> limit_before_;  ///< of the process's memory; absent: not changed
};

using RawStatement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

bool only_space_or_comments(Sandbox& sandbox, const char* tail) {
  sqlite3_stmt* more = nullptr;
  const int code = sqlite3_prepare_v2(sandbox.handle(), tail, -1, &more, nullptr);
  sqlite3_finalize(more);
  return code == SQLITE_OK && more == nullptr;
}

RawStatement prepare(Sandbox& sandbox, const sql::SqlText& text) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  if (text.text.find('\0') != std::string_view::npos) {
    throw Error(ErrorKind::usage, std::string(text.path) + ": refused: a NUL in the text");
  }
  const std::string owned(text.text);
  const int code = sqlite3_prepare_v2(sandbox.handle(), owned.c_str(), -1, &raw, &tail);
  RawStatement statement(raw, sqlite3_finalize);
  if (code != SQLITE_OK) {
    sandbox.fail(code, text);
  }
  if (raw == nullptr) {
    throw Error(ErrorKind::usage, std::string(text.path) + ": no statement in it");
  }
  if (sqlite3_stmt_readonly(raw) == 0) {
    throw Error(ErrorKind::usage, std::string(text.path) + ": refused: only a SELECT is allowed");
  }
  if (!only_space_or_comments(sandbox, tail)) {
    throw Error(ErrorKind::usage, std::string(text.path) + ": refused: more than one statement");
  }
  return statement;
}

void bind(sqlite3_stmt* statement, int index, const Cell& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(statement, index, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text(statement, index, text->data(), static_cast<int>(text->size()),
                      SQLITE_TRANSIENT);
  } else {
    sqlite3_bind_null(statement, index);
  }
}

void bind_all(sqlite3_stmt* statement, const sql::SqlText& text,
              const std::vector<Parameter>& parameters) {
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement, i);
    bool bound = false;
    for (const Parameter& parameter : parameters) {
      if (name != nullptr && parameter.name == name + 1) {
        bind(statement, i, parameter.value);
        bound = true;
      }
    }
    if (!bound) {
      throw Error(ErrorKind::usage, std::string(text.path) + ": the parameter " +
                                        (name == nullptr ? "?" : name) + " has no value");
    }
  }
}

/// The bytes of a text or BLOB where SQLite has them: as text it would copy them to end in a NUL.
std::string_view bytes_of(sqlite3_value* value) {
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  const void* bytes = sqlite3_value_blob(value);
  return bytes == nullptr ? "" : std::string_view(static_cast<const char*>(bytes), size);
}

/// Makes `cell` what a column holds; a text stays where the one of the row before was.
void read_cell(sqlite3_stmt* row, int column, Cell& cell) {
  sqlite3_value* const value = sqlite3_column_value(row, column);  // only this thread is here
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      cell = std::int64_t{sqlite3_value_int64(value)};
      break;
    case SQLITE_FLOAT:
      cell = sqlite3_value_double(value);
      break;
    case SQLITE_TEXT:
      if (auto* const text = std::get_if<std::string>(&cell)) {
        *text = bytes_of(value);
      } else {
        cell = std::string(bytes_of(value));
      }
      break;
    case SQLITE_BLOB:
      cell = Bytes{std::string(bytes_of(value))};
      break;
    default:
      cell = nullptr;
  }
}

void give_rows(Sandbox& sandbox, sqlite3_stmt* statement, const sql::SqlText& text,
               const SandboxLimits& limits, RowSink& sink) {
  const int count = sqlite3_column_count(statement);
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    names.emplace_back(sqlite3_column_name(statement, i));
  }
  sink.columns(names);
  std::vector<Cell> cells(static_cast<std::size_t>(count));
  for (std::int64_t given = 0; limits.max_rows == 0 || given < limits.max_rows; ++given) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) {
      break;
    }
    if (code != SQLITE_ROW) {
      sandbox.fail(code, text);
    }
    for (int i = 0; i < count; ++i) {
      read_cell(statement, i, cells[static_cast<std::size_t>(i)]);
    }
    sink.row(cells);
  }
  sink.end();
}

}  // namespace

void run_sandboxed(const std::string& store_path, const sql::SqlText& text,
                   const std::vector<Parameter>& parameters, const SandboxLimits& limits,
                   RowSink& sink) {
  SandboxLimits bounded = limits;
  bounded.timeout_ms = std::clamp<std::int64_t>(limits.timeout_ms, 0, kLongestTimeout_ms);
  std::optional<Watchdog> watchdog;
  if (bounded.on_overrun) {
    watchdog.emplace(std::chrono::milliseconds(2 * bounded.timeout_ms + 5000), bounded.on_overrun);
  }
  guarded(store_path, [&] {
    Sandbox sandbox(store_path, bounded, text);
    const RawStatement statement = prepare(sandbox, text);
    bind_all(statement.get(), text, parameters);
    give_rows(sandbox, statement.get(), text, limits, sink);
  });
}

}  // namespace fleetmeter::store
