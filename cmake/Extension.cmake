# fleetmeter.so, an extension of SQLite: the objects of the library once more, with the SQLite of the
# program that loads it (src/extension/host_sqlite.cpp). Nothing but its entry is to be seen from
# outside, so that a program may have the shared library beside it.
add_library(fleetmeter_extension MODULE src/extension/entry.cpp src/extension/host_sqlite.cpp
  $<TARGET_OBJECTS:fleetmeter>)
set_target_properties(fleetmeter_extension PROPERTIES OUTPUT_NAME fleetmeter PREFIX ""
  CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(fleetmeter_extension PRIVATE src include)
target_compile_features(fleetmeter_extension PRIVATE cxx_std_20)
target_link_libraries(fleetmeter_extension PRIVATE
  fleetmeter_options $<TARGET_FILE:SQLiteCpp> simdjson::simdjson date::date-tz z zstd crypto
  Threads::Threads ${CMAKE_DL_LIBS})
target_link_options(fleetmeter_extension PRIVATE LINKER:--exclude-libs,ALL LINKER:-z,defs
  LINKER:--as-needed LINKER:-Bsymbolic
  LINKER:--version-script,${PROJECT_SOURCE_DIR}/cmake/extension.map)
set_property(TARGET fleetmeter_extension APPEND PROPERTY
  LINK_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/extension.map")
