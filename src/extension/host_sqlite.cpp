// The functions of SQLite that the library calls, as the program has them that loads the extension.
//
// Two copies of SQLite in one process would take each other's locks on a file away (see
// cmake/SharedLibrary.cmake), and nobody knows which copy a client brings: Python links Debian's,
// others have one of their own. So the extension links none. Every name that the library asks for
// is defined here, and hands the call to the table of functions that SQLite gives to extensions.

#define SQLITE_CORE  // the header is not to turn the names below into uses of its own table
#include "extension/host_sqlite.hpp"

#include <cstdarg>

#include <sqlite3ext.h>

namespace {

const sqlite3_api_routines* host = nullptr;

}  // namespace

namespace fleetmeter::extension {

bool use_host(const sqlite3_api_routines* functions, char** message) {
  if (host != nullptr && host != functions) {
    *message = functions->mprintf("%s",
                                  "fleetmeter is loaded already, by another copy of SQLite in "
                                  "this program; it can serve one");
    return false;
  }
  host = functions;
  return true;
}

}  // namespace fleetmeter::extension

// NOLINTBEGIN: C functions by the names and with the types that SQLite gives them
extern "C" {

#define FORWARD(result, name, parameters, arguments) \
  result sqlite3_##name parameters {                 \
    return host->name arguments;                     \
  }

FORWARD(void*, aggregate_context, (sqlite3_context * a, int b), (a, b))
FORWARD(int, backup_finish, (sqlite3_backup * a), (a))
FORWARD(sqlite3_backup*, backup_init, (sqlite3 * a, const char* b, sqlite3* c, const char* d),
        (a, b, c, d))
FORWARD(int, backup_pagecount, (sqlite3_backup * a), (a))
FORWARD(int, backup_remaining, (sqlite3_backup * a), (a))
FORWARD(int, backup_step, (sqlite3_backup * a, int b), (a, b))
FORWARD(int, bind_blob, (sqlite3_stmt * a, int b, const void* c, int d, void (*e)(void*)),
        (a, b, c, d, e))
FORWARD(int, bind_blob64,
        (sqlite3_stmt * a, int b, const void* c, sqlite3_uint64 d, void (*e)(void*)),
        (a, b, c, d, e))
FORWARD(int, bind_double, (sqlite3_stmt * a, int b, double c), (a, b, c))
FORWARD(int, bind_int, (sqlite3_stmt * a, int b, int c), (a, b, c))
FORWARD(int, bind_int64, (sqlite3_stmt * a, int b, sqlite3_int64 c), (a, b, c))
FORWARD(int, bind_null, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, bind_parameter_count, (sqlite3_stmt * a), (a))
FORWARD(int, bind_parameter_index, (sqlite3_stmt * a, const char* b), (a, b))
FORWARD(const char*, bind_parameter_name, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, bind_text, (sqlite3_stmt * a, int b, const char* c, int d, void (*e)(void*)),
        (a, b, c, d, e))
FORWARD(int, bind_text64,
        (sqlite3_stmt * a, int b, const char* c, sqlite3_uint64 d, void (*e)(void*),
         unsigned char f),
        (a, b, c, d, e, f))
FORWARD(int, busy_timeout, (sqlite3 * a, int b), (a, b))
FORWARD(int, changes, (sqlite3 * a), (a))
FORWARD(int, clear_bindings, (sqlite3_stmt * a), (a))
FORWARD(int, close, (sqlite3 * a), (a))
FORWARD(const void*, column_blob, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, column_bytes, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, column_count, (sqlite3_stmt * a), (a))
FORWARD(const char*, column_decltype, (sqlite3_stmt * a, int b), (a, b))
FORWARD(double, column_double, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, column_int, (sqlite3_stmt * a, int b), (a, b))
FORWARD(sqlite3_int64, column_int64, (sqlite3_stmt * a, int b), (a, b))
FORWARD(const char*, column_name, (sqlite3_stmt * a, int b), (a, b))
FORWARD(const char*, column_origin_name, (sqlite3_stmt * a, int b), (a, b))
FORWARD(const unsigned char*, column_text, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, column_type, (sqlite3_stmt * a, int b), (a, b))
FORWARD(sqlite3_value*, column_value, (sqlite3_stmt * a, int b), (a, b))
FORWARD(int, create_function_v2,
        (sqlite3 * a, const char* b, int c, int d, void* e,
         void (*f)(sqlite3_context*, int, sqlite3_value**),
         void (*g)(sqlite3_context*, int, sqlite3_value**), void (*h)(sqlite3_context*),
         void (*i)(void*)),
        (a, b, c, d, e, f, g, h, i))
FORWARD(int, create_module, (sqlite3 * a, const char* b, const sqlite3_module* c, void* d),
        (a, b, c, d))
FORWARD(int, create_module_v2,
        (sqlite3 * a, const char* b, const sqlite3_module* c, void* d, void (*e)(void*)),
        (a, b, c, d, e))
FORWARD(const char*, db_filename, (sqlite3 * a, const char* b), (a, b))
FORWARD(int, declare_vtab, (sqlite3 * a, const char* b), (a, b))
FORWARD(int, errcode, (sqlite3 * a), (a))
FORWARD(const char*, errmsg, (sqlite3 * a), (a))
FORWARD(int, error_offset, (sqlite3 * a), (a))
FORWARD(const char*, errstr, (int a), (a))
FORWARD(int, exec,
        (sqlite3 * a, const char* b, int (*c)(void*, int, char**, char**), void* d, char** e),
        (a, b, c, d, e))
FORWARD(char*, expanded_sql, (sqlite3_stmt * a), (a))
FORWARD(int, extended_errcode, (sqlite3 * a), (a))
FORWARD(int, extended_result_codes, (sqlite3 * a, int b), (a, b))
FORWARD(int, file_control, (sqlite3 * a, const char* b, int c, void* d), (a, b, c, d))
FORWARD(int, finalize, (sqlite3_stmt * a), (a))
FORWARD(void, free, (void* a), (a))
FORWARD(sqlite3_int64, hard_heap_limit64, (sqlite3_int64 a), (a))
FORWARD(sqlite3_int64, last_insert_rowid, (sqlite3 * a), (a))
FORWARD(const char*, libversion, (), ())
FORWARD(int, libversion_number, (), ())
FORWARD(int, limit, (sqlite3 * a, int b, int c), (a, b, c))
FORWARD(int, load_extension, (sqlite3 * a, const char* b, const char* c, char** d), (a, b, c, d))
FORWARD(int, open_v2, (const char* a, sqlite3** b, int c, const char* d), (a, b, c, d))
FORWARD(int, prepare_v2, (sqlite3 * a, const char* b, int c, sqlite3_stmt** d, const char** e),
        (a, b, c, d, e))
FORWARD(int, prepare_v3,
        (sqlite3 * a, const char* b, int c, unsigned int d, sqlite3_stmt** e, const char** f),
        (a, b, c, d, e, f))
FORWARD(void, progress_handler, (sqlite3 * a, int b, int (*c)(void*), void* d), (a, b, c, d))
FORWARD(int, reset, (sqlite3_stmt * a), (a))
FORWARD(void, result_blob64,
        (sqlite3_context * a, const void* b, sqlite3_uint64 c, void (*d)(void*)), (a, b, c, d))
FORWARD(void, result_double, (sqlite3_context * a, double b), (a, b))
FORWARD(void, result_error, (sqlite3_context * a, const char* b, int c), (a, b, c))
FORWARD(void, result_error_nomem, (sqlite3_context * a), (a))
FORWARD(void, result_int64, (sqlite3_context * a, sqlite3_int64 b), (a, b))
FORWARD(void, result_text64,
        (sqlite3_context * a, const char* b, sqlite3_uint64 c, void (*d)(void*), unsigned char e),
        (a, b, c, d, e))
FORWARD(int, set_authorizer,
        (sqlite3 * a, int (*b)(void*, int, const char*, const char*, const char*, const char*),
         void* c),
        (a, b, c))
FORWARD(int, sleep, (int a), (a))
FORWARD(int, step, (sqlite3_stmt * a), (a))
FORWARD(int, stmt_busy, (sqlite3_stmt * a), (a))
FORWARD(int, stmt_readonly, (sqlite3_stmt * a), (a))
FORWARD(int, total_changes, (sqlite3 * a), (a))
FORWARD(void*, user_data, (sqlite3_context * a), (a))
FORWARD(const void*, value_blob, (sqlite3_value * a), (a))
FORWARD(int, value_bytes, (sqlite3_value * a), (a))
FORWARD(double, value_double, (sqlite3_value * a), (a))
FORWARD(sqlite3_int64, value_int64, (sqlite3_value * a), (a))
FORWARD(const unsigned char*, value_text, (sqlite3_value * a), (a))
FORWARD(int, value_type, (sqlite3_value * a), (a))

#undef FORWARD

// Those that take any number of arguments, as far as they are called.

int sqlite3_db_config(sqlite3* db, int option, ...) {
  va_list list;
  va_start(list, option);
  const int on = va_arg(list, int);
  int* const was = va_arg(list, int*);
  va_end(list);
  return host->db_config(db, option, on, was);
}

char* sqlite3_mprintf(const char* form, ...) {
  va_list list;
  va_start(list, form);
  char* const text = host->vmprintf(form, list);
  va_end(list);
  return text;
}

}  // extern "C"
// NOLINTEND
