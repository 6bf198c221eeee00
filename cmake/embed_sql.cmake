cmake_minimum_required(VERSION 3.25)
# Build-time script behind EmbedSql.cmake.
#   in   SOURCE_DIR, OUT_DIR, SQL_FILES (comma separated, relative to SOURCE_DIR, sorted)
#   out  OUT_DIR/catalog.hpp, OUT_DIR/catalog.cpp
# Pure CMake, so the build needs no interpreter. The header is rewritten only when the set of
# files changes; editing the text of one file recompiles one translation unit.
string(REPLACE "," ";" files "${SQL_FILES}")

set(hpp "")
set(cpp "")
foreach(dir IN ITEMS schema migrations queries queries/ask queries/ingest)
  string(REPLACE "/" "::" namespace "${dir}")
  string(REPLACE "/" "_" suffix "${dir}")
  set(declarations "")
  set(definitions "")
  set(entries "")
  set(count 0)
  foreach(file IN LISTS files)
    cmake_path(GET file PARENT_PATH parent)
    if(NOT parent STREQUAL dir)
      continue()
    endif()
    cmake_path(GET file STEM stem)
    if(dir STREQUAL "migrations")
      set(pattern "^[0-9][0-9][0-9][0-9]_[a-z0-9_]+$")
      set(name "m${stem}")
    else()
      set(pattern "^[a-z][a-z0-9_]*$")
      set(name "${stem}")
    endif()
    if(NOT stem MATCHES "${pattern}")
      message(FATAL_ERROR "${file}: the name does not match ${pattern}")
    endif()
    file(READ "${SOURCE_DIR}/${file}" text)
    if(text MATCHES "\\)sql\"")
      message(FATAL_ERROR "${file}: contains the raw string delimiter")
    endif()
    math(EXPR count "${count} + 1")
    string(APPEND declarations "extern const SqlText ${name};\n")
    string(APPEND definitions "constinit const SqlText ${name}{\"${file}\", R\"sql(${text})sql\"};\n")
    string(APPEND entries "    &${namespace}::${name},\n")
  endforeach()
  string(APPEND hpp "\nnamespace ${namespace} {\n${declarations}}  // namespace ${namespace}\n"
                    "\n/// Every file of ${dir}/, in name order.\n"
                    "extern const std::array<const SqlText*, ${count}> all_${suffix};\n")
  string(APPEND cpp "\nnamespace ${namespace} {\n${definitions}}  // namespace ${namespace}\n"
                    "\nconstinit const std::array<const SqlText*, ${count}> all_${suffix}{{\n${entries}}};\n")
endforeach()

set(banner "// Generated from schema/, migrations/ and queries/. Do not edit.\n")
file(WRITE "${OUT_DIR}/catalog.hpp.new"
     "${banner}#pragma once\n\n#include <array>\n\n#include \"sql/sql_text.hpp\"\n\nnamespace fleetmeter::sql {\n${hpp}\n}  // namespace fleetmeter::sql\n")
file(COPY_FILE "${OUT_DIR}/catalog.hpp.new" "${OUT_DIR}/catalog.hpp" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT_DIR}/catalog.hpp.new")
file(WRITE "${OUT_DIR}/catalog.cpp"
     "${banner}#include \"sql/catalog.hpp\"\n\nnamespace fleetmeter::sql {\n${cpp}\n}  // namespace fleetmeter::sql\n")
