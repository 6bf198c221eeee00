// Stores bytes that are no file, as a server that receives polls would, and can be stopped.
//
//     c++ -std=c++20 body.cpp $(pkg-config --cflags --libs fleetmeter) -o body
//     ./body store.db < 2024-11-01T08-30-00Z.json

#include <fleetmeter/fleetmeter.hpp>
#include <iostream>
#include <iterator>
#include <span>
#include <stop_token>

namespace {

/// What a server would answer: a code that it can switch upon, and a sentence for its log.
int told(const fleetmeter::Error& error) {
  switch (error.kind()) {
    case fleetmeter::ErrorKind::busy:
      std::cerr << "try again: " << error.what() << '\n';
      break;
    case fleetmeter::ErrorKind::cancelled:
      std::cerr << "stopped; what was whole is stored\n";
      break;
    default:
      std::cerr << error.what() << '\n';
  }
  return error.exit_code();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace fleetmeter;
  if (argc < 2) {
    std::cerr << "usage: body STORE < JSON\n";
    return static_cast<int>(ErrorKind::usage);
  }
  const std::string body{std::istreambuf_iterator<char>(std::cin), {}};
  std::stop_source stop;  // stop.request_stop() from any thread ends what the store is doing
  try {
    Store store = Store::open_or_create(argv[1]);
    store.stop_when(stop.get_token());
    IngestOptions options;
    options.observed_at.allow_now = true;  // the body has just come
    const SourceReport report =
        store.ingest(input_of("body", std::as_bytes(std::span(body))), options);
    std::cout << report.snapshots << " snapshots, " << report.rejected << " rejected\n";
    return report.clean() ? 0 : static_cast<int>(ErrorKind::data);
  } catch (const Error& error) {
    return told(error);
  }
}
