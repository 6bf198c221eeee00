// fleetmeter-ask-often: asks one question many times in one process, through the library.

#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace {

using namespace fleetmeter;

constexpr const char* kHelp =
    "usage: fleetmeter-ask-often STORE billing|egress TIMES [--by LIST] [--from T] [--to T] "
    "[--scan]\n\n"
    "Opens the store once and prints the microseconds that each asking took, one a line.\n";

struct CommandLine {
  std::string store;
  bool egress = false;
  int times = 0;
  Question question;
};

CommandLine parse(const std::vector<std::string>& words) {
  if (words.size() < 3 || (words[1] != "billing" && words[1] != "egress")) {
    throw Error(ErrorKind::usage, "needs a store, billing or egress, and how often");
  }
  CommandLine line{words[0], words[1] == "egress", std::stoi(words[2]), {}};
  WindowText window;
  for (std::size_t i = 3; i < words.size(); ++i) {
    if (words[i] == "--scan") {
      line.question.scan = true;
      continue;
    }
    const std::string option = words[i];
    if (++i == words.size()) {
      throw Error(ErrorKind::usage, option + ": a value is missing, or it is unknown");
    }
    if (option == "--by") {
      line.question.by = parse_group_by(words[i]);
    } else if (option == "--from") {
      window.from = words[i];
    } else if (option == "--to") {
      window.to = words[i];
    } else {
      throw Error(ErrorKind::usage, option + ": no such option");
    }
  }
  set_window(line.question, window);
  return line;
}

std::size_t ask(const Store& store, const CommandLine& line) {
  return line.egress ? store.egress(line.question).size() : store.billing(line.question).size();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const CommandLine line = parse({argv + 1, argv + argc});
    const Store store = Store::open(line.store);
    for (int i = 0; i < line.times; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const std::size_t rows = ask(store, line);
      const std::chrono::duration<double, std::micro> taken =
          std::chrono::steady_clock::now() - start;
      if (rows == 0) {
        throw Error(ErrorKind::internal, "the answer is empty: this measures nothing");
      }
      std::cout << std::fixed << taken.count() << '\n';
    }
    return 0;
  } catch (const Error& error) {
    std::cerr << "fleetmeter-ask-often: " << error.what() << '\n' << kHelp;
    return error.exit_code();
  }
}
