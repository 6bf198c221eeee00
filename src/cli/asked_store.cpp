#include "cli/asked_store.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "cli/output.hpp"
#include "fleetmeter/stores.hpp"

namespace fleetmeter::cli {

namespace {

/// Tells how far the uniting of stores has come: on a terminal only, after half a second.
class UnitingLine {
 public:
  explicit UnitingLine(std::size_t stores) : stores_(stores), wanted_(isatty(STDERR_FILENO) == 1) {}
  ~UnitingLine() {
    if (next_ != begin_) {
      std::cerr << "\r\x1b[K" << std::flush;
    }
  }
  UnitingLine(const UnitingLine&) = delete;
  UnitingLine& operator=(const UnitingLine&) = delete;

  void take_document() {
    constexpr std::chrono::milliseconds kPace{500};
    ++documents_;
    if (wanted_ && Clock::now() - next_ > kPace) {
      next_ = Clock::now();
      std::cerr << "\runiting " << stores_ << " stores: " << documents_ << " documents\x1b[K"
                << std::flush;
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t stores_;
  bool wanted_;
  std::int64_t documents_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_ = begin_;
};

/// A new folder for temporary files.
std::string make_folder() {
  const std::string place = folder_for_temporaries();
  std::string path = place + "/fleetmeter-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) {
    throw Error(ErrorKind::cannot_create,
                place + ": nothing can be made in this folder for " +
                    "temporary files ($TMPDIR names another): " + std::strerror(errno));
  }
  return path;
}

/// Refuses what is wrong in a question before stores are united for it. A window that counts from
/// the as-of is worked out afterwards, once.
void expect_askable(Options options) {
  expect_one_window(options.window);
  if (options.window.counts_from_as_of()) {
    options.window = {};
  }
  expect_all_known(question_of(options));
}

void unite(const Options& options, const std::string& into) {
  UnitingLine line(options.dbs.size());
  Stores::open(options.dbs).unite(into, [&] { line.take_document(); });
}

}  // namespace

std::string folder_for_temporaries() {
  const char* const named = std::getenv("TMPDIR");
  return named == nullptr || *named == '\0' ? "/tmp" : named;
}

void unite_stores(const Options& options, const std::string& into) {
  const std::string unfinished = Stores::unfinished_name(into);
  std::optional<Scratch> scratch;
  std::error_code failure;
  if (!std::filesystem::exists(std::filesystem::symlink_status(unfinished, failure))) {
    scratch.emplace(std::vector{unfinished, unfinished + "-wal", unfinished + "-shm"});
  }
  unite(options, into);
}

Scratch::Scratch(std::vector<std::string> paths) : paths_(std::move(paths)) {
  sigemptyset(&ends_);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    sigaddset(&ends_, number);
  }
  pthread_sigmask(SIG_BLOCK, &ends_, &before_);
  watcher_ = std::jthread([this](const std::stop_token& done) { watch(done); });
}

Scratch::~Scratch() {
  watcher_.request_stop();
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Scratch::watch(const std::stop_token& done) const {
  constexpr timespec kMoment{0, 20'000'000};
  int number = -1;
  while (number < 0 && !done.stop_requested()) {
    number = sigtimedwait(&ends_, nullptr, &kMoment);
  }
  for (const std::string& path : paths_) {
    std::error_code failure;
    std::filesystem::remove_all(path, failure);
  }
  if (number > 0) {
    std::signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &ends_, nullptr);
    kill(getpid(), number);
  }
}

AskedStore::AskedStore(const Options& options) : path_(options.db) {
  if (!options.dbs.empty()) {
    expect_askable(options);
    const std::string folder = make_folder();
    scratch_.emplace(std::vector{folder});
    path_ = folder + "/united.db";
    unite(options, path_);
  }
  store_.emplace(Store::open(path_));
}

}  // namespace fleetmeter::cli
