#include "store/table_function.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <limits>
#include <memory>
#include <new>

#include "fleetmeter/error.hpp"
#include "sql/catalog.hpp"
#include "store/virtual_table.hpp"

namespace fleetmeter::store {

namespace {

Cell cell_of(sqlite3_value* value) {
  const auto bytes = [&] {
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    const void* const begin = sqlite3_value_blob(value);
    return begin == nullptr ? std::string() : std::string(static_cast<const char*>(begin), size);
  };
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_value_int64(value)};
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_TEXT:
      return bytes();
    case SQLITE_BLOB:
      return Bytes{bytes()};
    default:
      return nullptr;
  }
}

/// The bytes are copied: the cell may be gone when they are read.
struct Giver {
  sqlite3_context* to;

  void operator()(std::nullptr_t) const {}
  void operator()(std::int64_t value) const { sqlite3_result_int64(to, value); }
  void operator()(Int128 value) const {
    if (value >= std::numeric_limits<std::int64_t>::min() &&
        value <= std::numeric_limits<std::int64_t>::max()) {
      sqlite3_result_int64(to, static_cast<std::int64_t>(value));
    } else {
      (*this)(to_text(value));
    }
  }
  void operator()(const Decimal& value) const { (*this)(to_text(value)); }
  void operator()(double value) const { sqlite3_result_double(to, value); }
  void operator()(const std::string& text) const {
    sqlite3_result_text64(to, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void operator()(const Bytes& bytes) const {
    sqlite3_result_blob64(to, bytes.bytes.data(), bytes.bytes.size(), SQLITE_TRANSIENT);
  }
};

std::string quoted(const std::string& name) {
  return '"' + name + '"';  // names are ours, and have no quotes
}

std::string declaration_of(const TableFunction& function) {
  std::string columns;
  for (const std::string& name : function.columns) {
    columns += (columns.empty() ? "" : ", ") + quoted(name);
  }
  for (const std::string& name : function.parameters) {
    columns += ", " + quoted(name) + " HIDDEN";
  }
  return "CREATE TABLE answer (" + columns + ")";
}

/// Runs what SQLite called, and turns what it throws into what SQLite understands.
template <class Work>
int run(char** message, Work&& work) {
  try {
    work();
    return SQLITE_OK;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  } catch (const Error& error) {
    sqlite3_free(*message);
    *message = sqlite3_mprintf("%s", error.what());
    return error.kind() == ErrorKind::cancelled ? SQLITE_INTERRUPT : SQLITE_ERROR;
  } catch (const std::exception& error) {
    sqlite3_free(*message);
    *message = sqlite3_mprintf("%s", error.what());
    return SQLITE_ERROR;
  }
}

/// What SQLite calls of a table.
struct AnswerTable : sqlite3_vtab {
  const TableFunction* function = nullptr;
};
struct Cursor : sqlite3_vtab_cursor {
  const TableFunction* function = nullptr;
  Arguments arguments;
  Table answer;
  std::size_t row = 0;
};

/// The functions of such a table that SQLite calls.
struct Calls {
  static int connect(sqlite3* db, void* function, int, const char* const*, sqlite3_vtab** made,
                     char** message) {
    return run(message, [&] {
      auto table = std::make_unique<AnswerTable>();
      table->function = static_cast<const TableFunction*>(function);
      if (sqlite3_declare_vtab(db, declaration_of(*table->function).c_str()) != SQLITE_OK) {
        throw Error(ErrorKind::internal, table->function->name + ": it cannot be declared");
      }
      *made = table.release();
    });
  }

  static int disconnect(sqlite3_vtab* table) {
    delete static_cast<AnswerTable*>(table);
    return SQLITE_OK;
  }

  /// Takes the arguments that have a value by the time the table is read, in the order of the
  /// parameters. Bit n of the plan says that parameter n has one.
  static int best_index(sqlite3_vtab* table, sqlite3_index_info* info) {
    const TableFunction& function = *static_cast<AnswerTable*>(table)->function;
    const int columns = static_cast<int>(function.columns.size());
    const int parameters = static_cast<int>(function.parameters.size());
    int given = 0;
    for (int parameter = 0; parameter < parameters; ++parameter) {
      for (int i = 0; i < info->nConstraint; ++i) {
        const auto& constraint = info->aConstraint[i];
        if (constraint.iColumn != columns + parameter ||
            constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) {
          continue;
        }
        if (constraint.usable == 0) {
          return SQLITE_CONSTRAINT;  // another order of the tables gives it a value first
        }
        if ((info->idxNum & 1 << parameter) == 0) {
          info->idxNum |= 1 << parameter;
          info->aConstraintUsage[i].argvIndex = ++given;
          info->aConstraintUsage[i].omit = 1;
        }
      }
    }
    constexpr double kCost = 1e6;  // worked out anew each time: better once than for each other row
    info->estimatedCost = kCost;
    info->estimatedRows = 100;
    return SQLITE_OK;
  }

  static int open(sqlite3_vtab* table, sqlite3_vtab_cursor** made) {
    return run(&table->zErrMsg, [&] {
      auto cursor = std::make_unique<Cursor>();
      cursor->function = static_cast<AnswerTable*>(table)->function;
      *made = cursor.release();
    });
  }

  static int close(sqlite3_vtab_cursor* cursor) {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
  }

  static int filter(sqlite3_vtab_cursor* cursor, int plan, const char*, int,
                    sqlite3_value** values) {
    return run(&cursor->pVtab->zErrMsg, [&] {
      auto& at = *static_cast<Cursor*>(cursor);
      at.arguments.assign(at.function->parameters.size(), nullptr);
      for (std::size_t parameter = 0; parameter < at.arguments.size(); ++parameter) {
        if ((plan & 1 << parameter) != 0) {
          at.arguments[parameter] = cell_of(*values++);
        }
      }
      at.answer = at.function->ask(at.arguments);
      at.row = 0;
    });
  }

  static int next(sqlite3_vtab_cursor* cursor) {
    ++static_cast<Cursor*>(cursor)->row;
    return SQLITE_OK;
  }

  static int at_end(sqlite3_vtab_cursor* cursor) {
    const auto* const at = static_cast<Cursor*>(cursor);
    return at->row >= at->answer.rows.size() ? 1 : 0;
  }

  static int column(sqlite3_vtab_cursor* cursor, sqlite3_context* to, int number) {
    const auto* const at = static_cast<Cursor*>(cursor);
    const auto place = static_cast<std::size_t>(number);
    const std::size_t columns = at->function->columns.size();
    std::visit(Giver{to},
               place < columns ? at->answer.rows[at->row][place] : at->arguments[place - columns]);
    return SQLITE_OK;
  }

  static int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
    *out = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row);
    return SQLITE_OK;
  }
};

constexpr sqlite3_module kModule = module_of<Calls>();

void call(sqlite3_context* context, int count, sqlite3_value** values) {
  char* message = nullptr;
  const int code = run(&message, [&] {
    Arguments arguments;
    for (int i = 0; i < count; ++i) {
      arguments.push_back(cell_of(values[i]));
    }
    const auto& function = *static_cast<const ValueFunction*>(sqlite3_user_data(context));
    std::visit(Giver{context}, function.of(arguments));
  });
  if (code != SQLITE_OK) {
    sqlite3_result_error(context, message == nullptr ? "out of memory" : message, -1);
  }
  sqlite3_free(message);
}

template <class Function>
void forget(void* function) {
  delete static_cast<Function*>(function);
}

void expect_done(sqlite3* db, int code) {
  if (code != SQLITE_OK) {
    throw SQLite::Exception(db, code);
  }
}

}  // namespace

std::int64_t newest_snapshot_of(sqlite3* db) {
  sqlite3_stmt* raw = nullptr;
  const std::string text(sql::queries::ask::last_known.text);
  const int prepared = sqlite3_prepare_v2(db, text.c_str(), -1, &raw, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  if (prepared != SQLITE_OK || sqlite3_step(raw) != SQLITE_ROW) {
    throw SQLite::Exception(db, sqlite3_errcode(db));
  }
  return sqlite3_column_int64(raw, 0);
}

// SQLite forgets the function also when it cannot be added.

void add_function(sqlite3* db, TableFunction function) {
  auto owned = std::make_unique<TableFunction>(std::move(function));
  const std::string name = owned->name;
  expect_done(db, sqlite3_create_module_v2(db, name.c_str(), &kModule, owned.release(),
                                           forget<TableFunction>));
  // It makes itself known on first use, which an authorizer that comes later would refuse.
  sqlite3_stmt* first = nullptr;
  const std::string use = "SELECT 1 FROM " + quoted(name);
  const int code = sqlite3_prepare_v2(db, use.c_str(), -1, &first, nullptr);
  sqlite3_finalize(first);
  expect_done(db, code);
}

void add_function(sqlite3* db, ValueFunction function) {
  auto owned = std::make_unique<ValueFunction>(std::move(function));
  const std::string name = owned->name;
  const int parameters = owned->parameters;
  expect_done(db, sqlite3_create_function_v2(db, name.c_str(), parameters,
                                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                             owned.release(), call, nullptr, nullptr,
                                             forget<ValueFunction>));
}

}  // namespace fleetmeter::store
