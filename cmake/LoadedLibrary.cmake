# Finds a library without a CMake package of its own that is loaded while running: NAME_INCLUDE_DIR
# has its header, and NAME_NAME is what dlopen() finds it by.
include(FindPackageHandleStandardArgs)
macro(find_loaded_library name header library)
  find_path(${name}_INCLUDE_DIR ${header})
  find_library(${name}_LIBRARY NAMES ${library})
  if(${name}_LIBRARY)
    file(REAL_PATH "${${name}_LIBRARY}" ${name}_NAME)
    cmake_path(GET ${name}_NAME FILENAME ${name}_NAME)
  endif()
  find_package_handle_standard_args(${name} REQUIRED_VARS ${name}_LIBRARY ${name}_INCLUDE_DIR)
endmacro()
