#include "base/invariant.hpp"

#include <string>
#include <string_view>

#include "fleetmeter/error.hpp"

namespace fleetmeter::base {

namespace {

/// A source file as the repository knows it: compilers put the build machine's folders before it.
std::string_view in_repository(std::string_view file) {
  constexpr std::string_view kSources = "/src/";
  const std::size_t at = file.rfind(kSources);
  return at == std::string_view::npos ? file : file.substr(at + 1);
}

}  // namespace

void broken_invariant(const char* sentence, const Place& place) {
  throw Error(ErrorKind::internal, std::string(in_repository(place.file)) + ':' +
                                       std::to_string(place.line) +
                                       ": this must hold and does not: " + sentence);
}

}  // namespace fleetmeter::base
