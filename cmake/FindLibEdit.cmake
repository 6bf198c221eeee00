# libedit: the prompt of `sql`.
include(LoadedLibrary)
find_loaded_library(LibEdit histedit.h libedit.so)
