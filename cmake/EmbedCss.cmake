# fleetmeter_embed_css(<target> <file> <name>): make a style sheet the constant <name> in
# "report/<stem>_css.hpp". Read when CMake configures, which it does again when the file changes.
function(fleetmeter_embed_css target file name)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" css)
  cmake_path(GET file STEM stem)
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/report/${stem}_css.hpp" @ONLY CONTENT
"// Generated from @file@. Do not edit.
#pragma once

#include <string_view>

namespace fleetmeter::report {

inline constexpr std::string_view @name@ = R\"css(@css@)css\";

}  // namespace fleetmeter::report
")
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
