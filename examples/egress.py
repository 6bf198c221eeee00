#!/usr/bin/env python3
"""Reads an archive into a store and shows what left each region, as a table of pandas.

    python3 egress.py store.db polls/

Needs libfleetmeter.so and nothing that has to be compiled. Where pyarrow is installed,
`pyarrow.RecordBatchReader._import_from_c(address)` reads an answer in one line; here ctypes reads it
column by column. Every number stays exact: int64 columns become integers, and sums, which are
128 bits wide, become Python's integers. Without pandas, the table is plain lists.
"""

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_void_p


class ArrowSchema(ctypes.Structure):
    pass


ArrowSchema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p), ("flags", c_int64),
    ("n_children", c_int64), ("children", POINTER(POINTER(ArrowSchema))),
    ("dictionary", POINTER(ArrowSchema)),
    ("release", ctypes.CFUNCTYPE(None, POINTER(ArrowSchema))), ("private_data", c_void_p)]


class ArrowArray(ctypes.Structure):
    pass


ArrowArray._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64),
    ("n_children", c_int64), ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(ArrowArray))), ("dictionary", POINTER(ArrowArray)),
    ("release", ctypes.CFUNCTYPE(None, POINTER(ArrowArray))), ("private_data", c_void_p)]


class ArrowArrayStream(ctypes.Structure):
    pass


ArrowArrayStream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(c_int, POINTER(ArrowArrayStream), POINTER(ArrowSchema))),
    ("get_next", ctypes.CFUNCTYPE(c_int, POINTER(ArrowArrayStream), POINTER(ArrowArray))),
    ("get_last_error", ctypes.CFUNCTYPE(c_char_p, POINTER(ArrowArrayStream))),
    ("release", ctypes.CFUNCTYPE(None, POINTER(ArrowArrayStream))), ("private_data", c_void_p)]

DATA = 65  # something was rejected, the rest is done


class Failure(Exception):
    """What ended a call: `code` is one of the codes of fleetmeter.h."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def values_of(array, kind):
    """A column as a list; None is what has no value."""
    count = array.length
    if kind == "n":
        return [None] * count
    values = array.buffers[1]
    if kind == "l":
        cells = (c_int64 * count).from_address(values)[:]
    elif kind == "g":
        cells = (ctypes.c_double * count).from_address(values)[:]
    elif kind == "d:38,0":
        raw = ctypes.string_at(values, 16 * count)
        cells = [int.from_bytes(raw[16 * i:16 * i + 16], "little", signed=True)
                 for i in range(count)]
    else:  # utf8 and binary
        ends = (ctypes.c_int32 * (count + 1)).from_address(values)
        raw = ctypes.string_at(array.buffers[2], ends[count]) if ends[count] else b""
        cells = [raw[ends[i]:ends[i + 1]] for i in range(count)]
        if kind == "u":
            cells = [cell.decode() for cell in cells]
    if array.null_count:
        valid = ctypes.string_at(array.buffers[0], (count + 7) // 8)
        cells = [cell if valid[i // 8] >> (i % 8) & 1 else None for i, cell in enumerate(cells)]
    return cells


def columns_of(stream):
    """An answer as lists by the names of its columns. Releases everything that it was given."""
    schema = ArrowSchema()
    if stream.get_schema(byref(stream), byref(schema)):
        raise Failure(70, "no schema")
    fields = [schema.children[i].contents for i in range(schema.n_children)]
    names = [(field.name.decode(), field.format.decode()) for field in fields]
    columns = {name: [] for name, _ in names}
    schema.release(byref(schema))
    while True:
        batch = ArrowArray()
        if stream.get_next(byref(stream), byref(batch)):
            raise Failure(70, "an answer broke off")
        if not batch.release:
            break
        for i, (name, kind) in enumerate(names):
            columns[name] += values_of(batch.children[i].contents, kind)
        batch.release(byref(batch))
    stream.release(byref(stream))
    return columns


class Store:
    """A store; use it with `with`."""

    def __init__(self, path, library=None):
        self._c = ctypes.CDLL(library or os.environ.get("FLEETMETER_LIBRARY", "libfleetmeter.so.0.1"))
        self._c.fleetmeter_message.restype = c_char_p
        self._store = c_void_p()
        self._expect(self._c.fleetmeter_open(os.fsencode(path), 1, byref(self._store)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._c.fleetmeter_close(self._store)

    def _expect(self, code, allowed=(0,)):
        if code not in allowed:
            raise Failure(code, self._c.fleetmeter_message().decode())

    @staticmethod
    def _options(options):
        """`by="region"` as pairs of texts; a list gives an option several times."""
        pairs = []
        for name, value in options.items():
            for one in value if isinstance(value, list) else [value]:
                pairs += [name.replace("_", "-").encode(), str(one).encode()]
        return (c_char_p * (len(pairs) + 1))(*pairs, None)

    def ingest(self, *paths, **options):
        reports = ArrowArrayStream()
        names = (c_char_p * len(paths))(*[os.fsencode(path) for path in paths])
        self._expect(self._c.fleetmeter_ingest_paths(
            self._store, names, ctypes.c_size_t(len(paths)), self._options(options),
            byref(reports)), allowed=(0, DATA))
        return columns_of(reports)

    def ask(self, question, **options):
        answer = ArrowArrayStream()
        self._expect(self._c.fleetmeter_ask(
            self._store, question.encode(), self._options(options), byref(answer)))
        return columns_of(answer)

    def sql(self, select, **options):
        answer = ArrowArrayStream()
        self._expect(self._c.fleetmeter_sql(
            self._store, select.encode(), self._options(options), byref(answer)))
        return columns_of(answer)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with Store(sys.argv[1]) as store:
        store.ingest(*sys.argv[2:])
        answer = store.ask("egress", month="2024-11", tz="Europe/Berlin", by="region")
    try:
        import pandas
    except ImportError:
        for region, sent in zip(answer["region"], answer["egress_bytes"]):
            print(f"{region}: {sent} bytes")
        return
    # Integers of any size: pandas keeps them as Python objects.
    print(pandas.DataFrame(answer, dtype=object).set_index("region")[["egress_bytes"]].to_csv(), end="")


if __name__ == "__main__":
    main()
