/*
 * fleetmeter for C, and for everything that can call C. docs/embedding.md has whole programs.
 *
 * Every function that can fail returns a fleetmeter_code, and fleetmeter_message() says in words
 * what it was. Answers come as streams of the Arrow C stream interface, which pandas, DuckDB,
 * Polars and others read without a copy. All numbers are exact.
 *
 * Threads. A store serves one thread at a time; it may move to another thread between two calls. A
 * call on a store that is serving another one returns FLEETMETER_USAGE at once. fleetmeter_cancel()
 * alone may be called at any time. Any number of stores may be open on one file. Two that write
 * wait for each other for some seconds; then the second gets FLEETMETER_BUSY. A stream is
 * independent of its store, and may be read on any thread, also when the store is closed.
 *
 * Texts are UTF-8. Paths are bytes.
 */
#ifndef FLEETMETER_H
#define FLEETMETER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The Arrow C data interface and the Arrow C stream interface:
 * https://arrow.apache.org/docs/format/CDataInterface.html and CStreamInterface.html. Their layout
 * is fixed for good. Who receives one of these structs calls its `release`, once; `release` is NULL
 * in a struct that was released, and at the end of a stream.
 */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif

#define FLEETMETER_API __attribute__((visibility("default")))

/* What became of a call. The values are the exit codes of the command. */
typedef enum fleetmeter_code {
  FLEETMETER_OK = 0,
  FLEETMETER_USAGE = 2,          /* the caller asked for something that cannot be asked */
  FLEETMETER_DATA = 65,          /* some bytes are not what they claim; the rest is stored */
  FLEETMETER_NO_INPUT = 66,      /* no such file, folder, store, process or invoice */
  FLEETMETER_INTERNAL = 70,      /* a fault of this library, or no memory */
  FLEETMETER_CANNOT_CREATE = 73, /* an output cannot be created */
  FLEETMETER_IO = 74,            /* reading or writing failed, or the disk is full */
  FLEETMETER_BUSY = 75,          /* another writer holds the store, or a time limit passed */
  FLEETMETER_PERMISSION = 77,    /* the system does not permit it */
  FLEETMETER_FOREIGN_STORE = 78, /* no store of ours, a newer one, or a damaged one */
  FLEETMETER_CANCELLED = 130     /* fleetmeter_cancel() was called */
} fleetmeter_code;

/* "0.1.0". */
FLEETMETER_API const char* fleetmeter_version(void);

/* What the last call on this thread that failed has to say: one line, "" when none failed. Valid
 * until the next call on this thread. */
FLEETMETER_API const char* fleetmeter_message(void);

typedef struct fleetmeter_store fleetmeter_store;

typedef enum fleetmeter_access {
  FLEETMETER_READ = 0, /* an existing store, for questions */
  FLEETMETER_WRITE =
      1 /* for ingest as well; made when there is none, brought up to date when old */
} fleetmeter_access;

/* Opens a store. *store is NULL when that fails. */
FLEETMETER_API fleetmeter_code fleetmeter_open(const char* path, fleetmeter_access access,
                                               fleetmeter_store** store);

/* Closes a store that no call is using. NULL is allowed. */
FLEETMETER_API void fleetmeter_close(fleetmeter_store* store);

/* Ends the call that is running on a store, from any thread, with FLEETMETER_CANCELLED: a question
 * within some milliseconds, an ingest between two documents. What was whole by then is stored, and
 * the same ingest goes on from there. Does nothing when no call is running. */
FLEETMETER_API void fleetmeter_cancel(fleetmeter_store* store);

/*
 * Options are pairs of texts, a name and a value, with NULL at the end: {"month", "2024-11", "by",
 * "region", NULL}. NULL alone means none. The names are those of the command's options without
 * their hyphens in front, and mean the same; `fleetmeter help COMMAND` lists them. A flag has the
 * value "true". Those that can be given several times can be here as well.
 *
 * `answer` and `reports` are filled when the code is FLEETMETER_OK, and `reports` also when it is
 * FLEETMETER_DATA; otherwise their `release` is NULL. `reports` may be NULL.
 *
 * The columns are those of docs/answers.md. Integers are int64 ("l"), sums over processes are
 * decimal128 ("d:38,0"), texts are utf8 ("u"), and so are amounts of money and quantities, with
 * all their digits. Of fleetmeter_sql(), numbers with a point are float64 ("g") and BLOBs binary
 * ("z"); a column that holds several kinds of values is utf8, and one that holds none is null
 * ("n"). Whatever has no value is null.
 */

/* Reads files and folders, as `fleetmeter ingest` does. A row for each source says what became of
 * it. FLEETMETER_DATA when something was rejected of which no earlier run told. */
FLEETMETER_API fleetmeter_code fleetmeter_ingest_paths(fleetmeter_store* store,
                                                       const char* const* paths, size_t count,
                                                       const char* const* options,
                                                       struct ArrowArrayStream* reports);

/* The same for bytes in memory. `name` is what they are called as a source; as of a file, their
 * time may be read from it. */
FLEETMETER_API fleetmeter_code fleetmeter_ingest_bytes(fleetmeter_store* store, const char* name,
                                                       const void* bytes, size_t size,
                                                       const char* const* options,
                                                       struct ArrowArrayStream* reports);

/* Reads at most `size` bytes and returns how many: 0 at the end, a negative number when reading
 * fails. Called on the thread of the ingest alone. It must not call the store. */
typedef ptrdiff_t (*fleetmeter_read)(void* context, void* into, size_t size);

/* The same for bytes that a function gives. */
FLEETMETER_API fleetmeter_code fleetmeter_ingest_read(fleetmeter_store* store, const char* name,
                                                      fleetmeter_read read, void* context,
                                                      const char* const* options,
                                                      struct ArrowArrayStream* reports);

/* Imports documents about money. `kind` is "deployments", "rates", "policy" or "invoice". */
FLEETMETER_API fleetmeter_code fleetmeter_import(fleetmeter_store* store, const char* kind,
                                                 const char* const* paths, size_t count,
                                                 const char* const* options,
                                                 struct ArrowArrayStream* reports);

/* Asks a question of the command line: "billing", "egress", "cost", "anomalies", "explain",
 * "coverage", "gaps", "status" or "check". */
FLEETMETER_API fleetmeter_code fleetmeter_ask(fleetmeter_store* store, const char* question,
                                              const char* const* options,
                                              struct ArrowArrayStream* answer);

/* Runs a named query (docs/queries.md). An option whose name begins with a colon is a parameter of
 * it: {":from_ms", "1730419200000", NULL}. */
FLEETMETER_API fleetmeter_code fleetmeter_query(fleetmeter_store* store, const char* name,
                                                const char* const* options,
                                                struct ArrowArrayStream* answer);

/* Runs one SELECT, which can read the store and nothing else. Options: "timeout", "max-rows". */
FLEETMETER_API fleetmeter_code fleetmeter_sql(fleetmeter_store* store, const char* select,
                                              const char* const* options,
                                              struct ArrowArrayStream* answer);

#ifdef __cplusplus
}
#endif

#endif
