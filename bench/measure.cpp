// fleetmeter-measure: runs a command and writes what it cost: wall time, processor time, peak
// memory.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr const char* kHelp =
    "usage: fleetmeter-measure --to FILE [--cold FILE]... -- COMMAND [ARGUMENT]...\n\n"
    "Runs the command and writes one line to FILE: wall, user and system time in microseconds,\n"
    "peak resident memory in KiB. The exit code is the command's.\n\n"
    "  --to FILE    where the line goes\n"
    "  --cold FILE  drop this file from the page cache first (repeatable)\n";

constexpr int kUsage = 2;
constexpr int kCannotRun = 127;

struct CommandLine {
  std::string to;
  std::vector<std::string> cold;
  std::vector<char*> command;  // ends with a null pointer
};

CommandLine parse(int argc, char** argv) {
  CommandLine line;
  int at = 1;
  for (; at < argc && std::strcmp(argv[at], "--") != 0; at += 2) {
    const std::string option = argv[at];
    if (at + 1 == argc || (option != "--to" && option != "--cold")) {
      throw std::invalid_argument(option);
    }
    if (option == "--to") {
      line.to = argv[at + 1];
    } else {
      line.cold.emplace_back(argv[at + 1]);
    }
  }
  if (line.to.empty() || at + 1 >= argc) {
    throw std::invalid_argument("--to FILE and a command are needed");
  }
  line.command.assign(argv + at + 1, argv + argc);
  line.command.push_back(nullptr);
  return line;
}

/// Pages that were not written out yet cannot be dropped, so they are written first.
void drop_from_page_cache(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 || ::fsync(file) != 0 || ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) != 0) {
    throw std::runtime_error(path + ": cannot be dropped from the page cache");
  }
  ::close(file);
}

long long microseconds(const timeval& time) {
  return static_cast<long long>(time.tv_sec) * 1'000'000 + time.tv_usec;
}

int run(const CommandLine& line) {
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (::posix_spawnp(&child, line.command[0], nullptr, nullptr, line.command.data(), environ) !=
      0) {
    throw std::runtime_error(std::string(line.command[0]) + ": cannot be run");
  }
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  const auto wall = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);

  std::FILE* to = std::fopen(line.to.c_str(), "w");
  if (to == nullptr) {
    throw std::runtime_error(line.to + ": cannot be written");
  }
  std::fprintf(to, "%lld %lld %lld %ld\n", static_cast<long long>(wall.count()),
               microseconds(used.ru_utime), microseconds(used.ru_stime), used.ru_maxrss);
  std::fclose(to);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const CommandLine line = parse(argc, argv);
    for (const std::string& path : line.cold) {
      drop_from_page_cache(path);
    }
    return run(line);
  } catch (const std::invalid_argument& failure) {
    std::fprintf(stderr, "fleetmeter-measure: %s\n%s", failure.what(), kHelp);
    return kUsage;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "fleetmeter-measure: %s\n", failure.what());
    return kCannotRun;
  }
}
