# fleetmeter_embed_sql(<target>): compile every .sql file under schema/, migrations/ and queries/
# into <target>, each as a named constant declared in the generated "sql/catalog.hpp".
#
# The list is globbed with CONFIGURE_DEPENDS, so a file that exists is a file that is embedded.
function(fleetmeter_embed_sql target)
  file(GLOB sql_files CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
       "${PROJECT_SOURCE_DIR}/schema/*.sql"
       "${PROJECT_SOURCE_DIR}/migrations/*.sql"
       "${PROJECT_SOURCE_DIR}/queries/*.sql"
       "${PROJECT_SOURCE_DIR}/queries/ask/*.sql"
       "${PROJECT_SOURCE_DIR}/queries/ingest/*.sql")
  list(SORT sql_files)
  set(out_dir "${PROJECT_BINARY_DIR}/generated/sql")
  set(absolute_files ${sql_files})
  list(TRANSFORM absolute_files PREPEND "${PROJECT_SOURCE_DIR}/")
  string(JOIN "," joined ${sql_files})
  add_custom_command(
    OUTPUT "${out_dir}/catalog.cpp"
    BYPRODUCTS "${out_dir}/catalog.hpp"
    COMMAND "${CMAKE_COMMAND}" "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}" "-DOUT_DIR=${out_dir}"
            "-DSQL_FILES=${joined}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_sql.cmake"
    DEPENDS ${absolute_files} "${PROJECT_SOURCE_DIR}/cmake/embed_sql.cmake"
    COMMENT "Embedding SQL catalog"
    VERBATIM)
  target_sources(${target} PRIVATE "${out_dir}/catalog.cpp" "${out_dir}/catalog.hpp")
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
