/*
 * Reads an archive into a store and prints what left each region.
 *
 *   cc egress.c $(pkg-config --cflags --libs fleetmeter) -o egress
 *   ./egress store.db polls/
 */
#include <fleetmeter.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void expect(fleetmeter_code code, const char* what) {
  if (code != FLEETMETER_OK) {
    fprintf(stderr, "%s: %s (%d)\n", what, fleetmeter_message(), (int)code);
    exit(code);
  }
}

/* The column called `name`; the answer says at which place it stands. */
static int64_t column_called(const struct ArrowSchema* schema, const char* name) {
  for (int64_t i = 0; i < schema->n_children; ++i) {
    const char* a = schema->children[i]->name;
    const char* b = name;
    while (*a != '\0' && *a == *b) {
      ++a;
      ++b;
    }
    if (*a == *b) {
      return i;
    }
  }
  fprintf(stderr, "no column %s\n", name);
  exit(FLEETMETER_INTERNAL);
}

/* A row of a utf8 column. */
static void print_text(const struct ArrowArray* column, int64_t row) {
  const int32_t* offsets = column->buffers[1];
  const char* bytes = column->buffers[2];
  printf("%.*s", (int)(offsets[row + 1] - offsets[row]), bytes + offsets[row]);
}

/* A row of a decimal128 column: 16 bytes, the lowest first. Here it fits the lower half. */
static int64_t whole_number(const struct ArrowArray* column, int64_t row) {
  const int64_t* halves = column->buffers[1];
  if (halves[2 * row + 1] != 0) {
    fprintf(stderr, "a sum passes 2^63\n");
    exit(FLEETMETER_INTERNAL);
  }
  return halves[2 * row];
}

static void print_answer(struct ArrowArrayStream* answer) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  if (answer->get_schema(answer, &schema) != 0) {
    exit(FLEETMETER_INTERNAL);
  }
  const int64_t region = column_called(&schema, "region");
  const int64_t bytes = column_called(&schema, "egress_bytes");
  const int64_t at_least = column_called(&schema, "egress_bytes_lo");
  while (answer->get_next(answer, &batch) == 0 && batch.release != NULL) {
    for (int64_t row = 0; row < batch.length; ++row) {
      print_text(batch.children[region], row);
      printf(": %" PRId64 " bytes, at least %" PRId64 "\n",
             whole_number(batch.children[bytes], row),
             whole_number(batch.children[at_least], row));
    }
    batch.release(&batch);
  }
  schema.release(&schema);
  answer->release(answer);
}

int main(int argc, char** argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: egress STORE PATH...\n");
    return FLEETMETER_USAGE;
  }
  fleetmeter_store* store;
  expect(fleetmeter_open(argv[1], FLEETMETER_WRITE, &store), "open");

  /* Something in an archive may be rejected; the rest is stored, and the message says what. */
  const fleetmeter_code read = fleetmeter_ingest_paths(store, (const char* const*)argv + 2,
                                                       (size_t)argc - 2, NULL, NULL);
  if (read == FLEETMETER_DATA) {
    fprintf(stderr, "%s\n", fleetmeter_message());
  } else {
    expect(read, "ingest");
  }

  const char* options[] = {"month", "2024-11", "tz", "Europe/Berlin", "by", "region", NULL};
  struct ArrowArrayStream answer;
  expect(fleetmeter_ask(store, "egress", options, &answer), "egress");
  print_answer(&answer);
  fleetmeter_close(store);
  return 0;
}
