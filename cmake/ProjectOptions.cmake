# Warnings and sanitizers, carried by one interface target so that no directory-wide flag exists.
add_library(fleetmeter_options INTERFACE)
target_compile_options(fleetmeter_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  # g++ 12 sees these inside its own std::variant and std::string when they are inlined.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict>)
option(FLEETMETER_WARNINGS_AS_ERRORS "Fail the build on any warning" OFF)
if(FLEETMETER_WARNINGS_AS_ERRORS)
  target_compile_options(fleetmeter_options INTERFACE -Werror)
endif()
set(FLEETMETER_SANITIZE "" CACHE STRING "Sanitizers, comma separated, e.g. address,undefined")
if(FLEETMETER_SANITIZE)
  target_compile_options(fleetmeter_options INTERFACE
    -fsanitize=${FLEETMETER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(fleetmeter_options INTERFACE -fsanitize=${FLEETMETER_SANITIZE})
endif()
