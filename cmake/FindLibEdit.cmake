# libedit, which brings no CMake package of its own, as a library to load while running:
# LibEdit_INCLUDE_DIR has its header, and LibEdit_NAME is what dlopen() finds it by.
find_path(LibEdit_INCLUDE_DIR histedit.h)
find_library(LibEdit_LIBRARY NAMES libedit.so)
if(LibEdit_LIBRARY)
  file(REAL_PATH "${LibEdit_LIBRARY}" LibEdit_NAME)
  cmake_path(GET LibEdit_NAME FILENAME LibEdit_NAME)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibEdit REQUIRED_VARS LibEdit_LIBRARY LibEdit_INCLUDE_DIR)
