# libxlsxwriter, which brings no CMake package of its own, as a library to load while running:
# XlsxWriter_INCLUDE_DIR has its header, and XlsxWriter_NAME is what dlopen() finds it by.
find_path(XlsxWriter_INCLUDE_DIR xlsxwriter.h)
find_library(XlsxWriter_LIBRARY NAMES libxlsxwriter.so)
if(XlsxWriter_LIBRARY)
  file(REAL_PATH "${XlsxWriter_LIBRARY}" XlsxWriter_NAME)
  cmake_path(GET XlsxWriter_NAME FILENAME XlsxWriter_NAME)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(XlsxWriter REQUIRED_VARS XlsxWriter_LIBRARY XlsxWriter_INCLUDE_DIR)
