# Warnings and sanitizers, carried by one interface target so that no directory-wide flag exists.
add_library(fleetmeter_options INTERFACE)
target_compile_options(fleetmeter_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  # g++ 12 sees these inside its own std::variant, std::string and std::vector when they are inlined.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds
    -Wno-stringop-overflow>)
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

# What is handed out ends at the first fault of memory that it can notice. Control-flow protection
# (-fcf-protection) is not among it: it works only when every library of a process has it, and those
# of Debian 12 do not.
option(FLEETMETER_HARDENING "End the program at faults of memory that it can notice" OFF)
if(FLEETMETER_HARDENING)
  target_compile_options(fleetmeter_options INTERFACE
    -fstack-protector-strong -fstack-clash-protection)
  target_compile_definitions(fleetmeter_options INTERFACE _FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
  target_link_options(fleetmeter_options INTERFACE -Wl,-z,relro,-z,now)
endif()

# Half of what a build takes is reading the same headers again for each source. With this they are
# read once. The release build goes without, so that a source that forgets to include what it uses
# is found there.
option(FLEETMETER_PRECOMPILED_HEADERS "Compile the headers that most sources include once" OFF)
function(fleetmeter_precompile target)
  if(FLEETMETER_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
      <string_view> <unordered_map> <variant> <vector> ${ARGN})
  endif()
endfunction()
