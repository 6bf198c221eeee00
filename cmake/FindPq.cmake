# libpq: `push` into PostgreSQL.
include(LoadedLibrary)
find_loaded_library(Pq postgresql/libpq-fe.h libpq.so)
