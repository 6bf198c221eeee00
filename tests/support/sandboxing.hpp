#pragma once

// Words for tests of SQL that somebody else wrote: a small store, and a statement run in a child.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "support/catch.hpp"

namespace fleetmeter::sandboxing {

namespace fs = std::filesystem;

/// A small store in a folder of its own.
class SmallStore {
 public:
  SmallStore() {
    std::string name = (fs::temp_directory_path() / "fleetmeter-sandbox-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    const fs::path archive = folder_ / "2024-11-01T08-30-00Z.json";
    std::ofstream(archive) << R"([
      {"processId":"p1","appId":"app-1","deploymentId":1,"region":"Tokyo",
       "startedAt":"2024-11-01T08:00:00Z","egressedBytes":1000},
      {"processId":"p2","appId":"app-1","deploymentId":2,"region":"London",
       "startedAt":"2024-11-01T08:10:00Z","egressedBytes":9007199254740993}])";
    const auto reports = Store::open_or_create(path()).ingest({archive.string()});
    REQUIRE(reports.size() == 1);
    REQUIRE(reports[0].processes == 2);
  }
  ~SmallStore() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  SmallStore(const SmallStore&) = delete;
  SmallStore& operator=(const SmallStore&) = delete;

  [[nodiscard]] std::string path() const { return (folder_ / "small.db").string(); }
  [[nodiscard]] fs::path folder() const { return folder_; }

  /// What must never change: the store, its log, and what else lies in the folder.
  [[nodiscard]] std::string state() const {
    std::vector<std::string> lines;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      const std::string name = entry.path().filename().string();
      if (name != "small.db-shm" && name != "small.db-wal") {
        std::ifstream file(entry.path(), std::ios::binary);
        lines.push_back(name + ' ' + std::string{std::istreambuf_iterator<char>(file), {}});
      }
    }
    std::error_code failure;
    const auto log = fs::file_size(path() + "-wal", failure);
    lines.push_back(failure || log == 0 ? "no log" : "a log");
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) {
      all += line + '\n';
    }
    return all;
  }

 private:
  fs::path folder_;
};

inline Table ask(const SmallStore& small, const std::string& sql, const SqlLimits& limits = {}) {
  Table table;
  Store::open(small.path()).sql(sql, table, limits);
  return table;
}

/// How one statement ended in a process of its own.
struct Ending {
  enum class Kind { rows, refused, stopped, crashed };
  Kind kind = Kind::crashed;
  std::string message;
  double seconds = 0;
  long peak_kib = 0;
};

/// Counts rows and forgets them, as a writer to a file does.
class Counting final : public RowSink {
 public:
  void columns(const std::vector<std::string>& /*names*/) override {}
  void row(const std::vector<Cell>& /*cells*/) override {}
};

[[noreturn]] inline void attack_here(const SmallStore& small, const std::string& sql,
                                     SqlLimits limits, int report) {
  // As the command line chooses, which has this process to itself.
  limits.process.limit_memory = true;
  limits.process.on_overrun = [] { _exit(static_cast<int>(ErrorKind::busy)); };
  std::string message;
  int code = 0;
  try {
    Counting sink;
    Store::open(small.path()).sql(sql, sink, limits);
  } catch (const Error& error) {
    code = error.exit_code();
    message = error.what();
  } catch (const std::exception& error) {
    code = 99;
    message = error.what();
  }
  static_cast<void>(!write(report, message.data(), message.size()));
  _exit(code);
}

/// Runs a statement in a child, because the watchdog may end its process.
inline Ending attack(const SmallStore& small, const std::string& sql, const SqlLimits& limits) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    close(ends[0]);
    alarm(60);
    std::signal(SIGXFSZ, SIG_IGN);
    attack_here(small, sql, limits, ends[1]);
  }
  close(ends[1]);
  Ending ending;
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = read(ends[0], piece.data(), piece.size())) > 0;) {
    ending.message.append(piece.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  rusage usage{};
  REQUIRE(wait4(child, &status, 0, &usage) == child);
  ending.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  ending.peak_kib = usage.ru_maxrss;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  ending.kind = code == 0                                    ? Ending::Kind::rows
                : code == static_cast<int>(ErrorKind::busy)  ? Ending::Kind::stopped
                : code == static_cast<int>(ErrorKind::usage) ? Ending::Kind::refused
                                                             : Ending::Kind::crashed;
  if (ending.kind == Ending::Kind::crashed) {
    ending.message += " (exit " + std::to_string(code) + ")";
  }
  return ending;
}

inline SqlLimits tight() {
  SqlLimits limits;
  limits.timeout_ms = 300;
  limits.max_memory_bytes = 64LL * 1024 * 1024;
  return limits;
}

inline std::int64_t integer_at(const Table& table) {
  return std::get<std::int64_t>(table.rows.at(0).at(0));
}

inline constexpr const char* kForever =
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) ";

}  // namespace fleetmeter::sandboxing
