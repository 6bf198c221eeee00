// fleetmeter-ingest-each: ingests files one at a time, as a live poller does: each is one durable
// commit.

#include <chrono>
#include <iostream>
#include <string>

#include "fleetmeter/fleetmeter.hpp"

int main(int argc, char** argv) {
  using namespace fleetmeter;
  if (argc < 3) {
    std::cerr << "usage: fleetmeter-ingest-each STORE FILE...\n\n"
                 "Prints the microseconds that each file took, one a line.\n";
    return Error(ErrorKind::usage, "").exit_code();
  }
  try {
    Store store = Store::open_or_create(argv[1]);
    for (int i = 2; i < argc; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const SourceReport report = store.ingest({argv[i]}).front();
      const std::chrono::duration<double, std::micro> taken =
          std::chrono::steady_clock::now() - start;
      if (!report.clean()) {
        throw Error(ErrorKind::data, std::string(argv[i]) + ": was not stored whole");
      }
      std::cout << std::fixed << taken.count() << '\n';
    }
    return 0;
  } catch (const Error& error) {
    std::cerr << "fleetmeter-ingest-each: " << error.what() << '\n';
    return error.exit_code();
  }
}
