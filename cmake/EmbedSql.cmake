# fleetmeter_embed_sql(<target>): compile every .sql file under schema/, migrations/ and queries/
# into <target>, each as a named constant declared in the generated "sql/catalog.hpp"; those that the
# program itself runs also as types of their parameters and rows, in "sql/statements.hpp". What the
# files of schema/ make is also there as the file of an empty store, "sql/empty_store.hpp".
#
# fleetmeter_sqlc (src/sqlc) does the work. The list is globbed with CONFIGURE_DEPENDS, so a file
# that exists is a file that is embedded. What the tool writes keeps its time when it did not
# change, hence the stamp.
function(fleetmeter_embed_sql target)
  add_executable(fleetmeter_sqlc
    src/sql/contract.cpp
    src/sqlc/catalog.cpp
    src/sqlc/empty_store.cpp
    src/sqlc/files.cpp
    src/sqlc/main.cpp
    src/sqlc/parts.cpp
    src/sqlc/statements.cpp)
  target_compile_features(fleetmeter_sqlc PRIVATE cxx_std_20)
  target_include_directories(fleetmeter_sqlc PRIVATE src)
  target_link_libraries(fleetmeter_sqlc PRIVATE fleetmeter_options SQLite::SQLite3)

  file(GLOB_RECURSE sql_files CONFIGURE_DEPENDS
       "${PROJECT_SOURCE_DIR}/schema/*.sql"
       "${PROJECT_SOURCE_DIR}/migrations/*.sql"
       "${PROJECT_SOURCE_DIR}/queries/*.sql")
  set(out_dir "${PROJECT_BINARY_DIR}/generated")
  # A file that was removed changes this list, and nothing else that the tool depends on.
  list(JOIN sql_files "\n" listed)
  file(CONFIGURE OUTPUT "${out_dir}/sql_files.txt" CONTENT "${listed}\n")
  set(made "${out_dir}/sql/empty_store.cpp")
  foreach(name IN ITEMS catalog statements)
    list(APPEND made "${out_dir}/sql/${name}.cpp" "${out_dir}/sql/${name}.hpp")
  endforeach()
  add_custom_command(
    OUTPUT "${out_dir}/sql.stamp"
    BYPRODUCTS ${made}
    COMMAND fleetmeter_sqlc "${PROJECT_SOURCE_DIR}" "${out_dir}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${out_dir}/sql.stamp"
    DEPENDS ${sql_files} "${out_dir}/sql_files.txt" fleetmeter_sqlc
    COMMENT "Compiling SQL files"
    VERBATIM)
  target_sources(${target} PRIVATE ${made} "${out_dir}/sql.stamp")
  set_source_files_properties(${made} PROPERTIES GENERATED TRUE)
  target_include_directories(${target} PRIVATE "${out_dir}")
endfunction()
