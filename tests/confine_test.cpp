// A confined thread: what it needs for asking a store goes on, everything else is refused.

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string>
#include <thread>

#include "fleetmeter/fleetmeter.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// The error of opening a file; 0 when it opens.
int error_of_opening(const std::string& path, int how) {
  const int file = open(path.c_str(), how | O_CLOEXEC, 0600);
  const int code = file < 0 ? errno : 0;
  if (file >= 0) {
    close(file);
  }
  return code;
}

int error_of_socket() {
  const int made = socket(AF_UNIX, SOCK_STREAM, 0);
  const int code = made < 0 ? errno : 0;
  if (made >= 0) {
    close(made);
  }
  return code;
}

int error_of_starting() {
  std::string program = "/bin/true";
  const std::array<char*, 2> words{program.data(), nullptr};
  pid_t child = 0;
  const int code = posix_spawn(&child, words[0], nullptr, nullptr, words.data(), nullptr);
  if (code == 0) {
    waitpid(child, nullptr, 0);
  }
  return code;
}

/// What a thread can do.
struct Tried {
  int reading_inside = -1;
  int making_inside = -1;
  int reading_outside = -1;
  int making_outside = -1;
  int linking_outside = -1;
  int reading_system = -1;
  int socket = -1;
  int starting = -1;
  bool has_threads = false;
};

Tried tried(const std::string& inside, const std::string& outside) {
  Tried done;
  done.reading_inside = error_of_opening(inside + "/here", O_RDWR);
  done.making_inside = error_of_opening(inside + "/new", O_WRONLY | O_CREAT);
  done.reading_outside = error_of_opening(outside + "/there", O_RDONLY);
  done.making_outside = error_of_opening(outside + "/new", O_WRONLY | O_CREAT);
  done.linking_outside = symlink("x", (outside + "/link").c_str()) == 0 ? 0 : errno;
  done.reading_system = error_of_opening("/etc/passwd", O_RDONLY);
  done.socket = error_of_socket();
  done.starting = error_of_starting();
  std::thread([&] { done.has_threads = true; }).join();
  return done;
}

}  // namespace

TEST_CASE("a confined thread opens no other files, makes no connection and starts no program",
          "[confine]") {
  const Folder inside;
  const Folder outside;
  inside.write("here", "x");
  outside.write("there", "x");
  Confined confined;
  Tried then;
  std::thread([&] {
    confined = confine_thread({inside.path(), "/nowhere"});
    then = tried(inside.path(), outside.path());
  }).join();
  CHECK(then.reading_inside == 0);
  CHECK(then.making_inside == 0);
  CHECK(then.reading_system == 0);
  CHECK(then.has_threads);
  CHECK(then.reading_outside == (confined.files ? EACCES : 0));
  CHECK(then.making_outside == (confined.files ? EACCES : 0));
  CHECK(then.linking_outside == (confined.files ? EACCES : 0));
  CHECK(then.socket == (confined.calls ? EPERM : 0));
  CHECK(then.starting == (confined.calls ? EPERM : 0));
  // Other threads are as they were.
  const Tried here = tried(inside.path(), outside.path());
  CHECK(here.reading_outside == 0);
  CHECK(here.socket == 0);
  CHECK(here.starting == 0);
}

TEST_CASE("a store is asked on a confined thread as anywhere", "[confine]") {
  const Folder folder;
  const std::string archive = folder.write(
      "poll.json", R"({"observedAt":"2024-11-01T12:30:00Z","processes":[{"processId":"p",)"
                   R"("appId":"a","region":"x","startedAt":"2024-11-01T11:30:00Z"}]})");
  Store store = Store::open_or_create(folder / "store.db");
  store.ingest({archive});
  const std::string statement =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
      "SELECT process_id, count(*) AS rows FROM process JOIN (SELECT i FROM n ORDER BY i % 7, i) "
      "GROUP BY process_id";
  Table anywhere;
  store.sql(statement, anywhere);
  Table confined;
  std::size_t billed = 0;
  std::thread([&] {
    confine_thread({folder.path()});
    const Store asked = Store::open(folder / "store.db");
    asked.sql(statement, confined);
    billed = asked.billing({}).size();
  }).join();
  CHECK(confined.rows == anywhere.rows);
  CHECK(billed == 1);
}
