// libFuzzer target: any bytes → what FLEETMETER_FUZZED of surfaces.hpp makes of them.

#include <cstdio>
#include <cstdlib>

#include "fuzz/surfaces.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string why = fleetmeter::fuzz::FLEETMETER_FUZZED(
      std::string_view(reinterpret_cast<const char*>(data), size));
  if (!why.empty()) {
    std::fprintf(stderr, "surface_fuzz: %s\n", why.c_str());
    std::abort();
  }
  return 0;
}
