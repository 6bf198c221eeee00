#pragma once

#include <csignal>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/options.hpp"
#include "fleetmeter/store.hpp"

namespace fleetmeter::cli {

/// Files and folders that go with the object, and when the program is ended by Ctrl-C, SIGTERM or
/// SIGHUP.
class Scratch {
 public:
  explicit Scratch(std::vector<std::string> paths);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

 private:
  void watch(const std::stop_token& done) const;

  std::vector<std::string> paths_;
  sigset_t ends_{};
  sigset_t before_{};
  std::jthread watcher_;  ///< removes them: whoever asks may have given up the right to
};

/// The folder for temporary files.
[[nodiscard]] std::string folder_for_temporaries();

/// Makes one store of those that are named.
void unite_stores(const Options& options, const std::string& into);

/// The store that a command asks: the one that is named, or one of all that are, made for as long
/// as it is asked.
class AskedStore {
 public:
  explicit AskedStore(const Options& options);

  [[nodiscard]] const Store& operator*() const { return *store_; }
  [[nodiscard]] const Store* operator->() const { return &*store_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::optional<Scratch> scratch_;
  std::string path_;
  std::optional<Store> store_;
};

}  // namespace fleetmeter::cli
