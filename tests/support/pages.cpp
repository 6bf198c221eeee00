#include "support/pages.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/catch.hpp"

namespace fleetmeter::test {

void check_page(const std::string& name, const std::string& text) {
  const std::string path = std::string(FLEETMETER_SOURCE_DIR) + "/docs/" + name;
  if (std::getenv("FLEETMETER_UPDATE_DOCS") != nullptr) {
    std::ofstream(path) << text;
  }
  std::ifstream in(path);
  const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  INFO(path << " is out of date: run the tests once with FLEETMETER_UPDATE_DOCS=1");
  CHECK((page == text));
}

}  // namespace fleetmeter::test
