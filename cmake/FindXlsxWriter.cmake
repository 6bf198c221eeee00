# libxlsxwriter: workbooks.
include(LoadedLibrary)
find_loaded_library(XlsxWriter xlsxwriter.h libxlsxwriter.so)
