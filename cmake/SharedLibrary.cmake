# libfleetmeter.so, of the same objects as the static library.
#
# It links what Debian has as shared libraries, SQLite above all. The program that embeds it may
# use SQLite itself, as Python does. Two copies of SQLite in one process would take each other's
# locks away, because POSIX gives up all locks of a process on a file when any descriptor of it is
# closed. One copy knows of them.
add_library(fleetmeter_shared SHARED $<TARGET_OBJECTS:fleetmeter>)
add_library(fleetmeter::fleetmeter ALIAS fleetmeter_shared)
# While the version is 0.x, a minor version may change the interface.
set_target_properties(fleetmeter_shared PROPERTIES OUTPUT_NAME fleetmeter EXPORT_NAME fleetmeter
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
target_compile_features(fleetmeter_shared PUBLIC cxx_std_20)
target_include_directories(fleetmeter_shared PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
# By name the linker takes the shared one where there are two. SQLiteCpp comes as a static library
# only, without the SQLite that its target would bring; its names stay inside.
target_link_libraries(fleetmeter_shared PRIVATE
  $<BUILD_INTERFACE:fleetmeter_options> $<TARGET_FILE:SQLiteCpp> sqlite3 simdjson::simdjson date::date-tz z zstd
  crypto Threads::Threads ${CMAKE_DL_LIBS})
target_link_options(fleetmeter_shared PRIVATE LINKER:--exclude-libs,ALL LINKER:-z,defs
  LINKER:--as-needed)
