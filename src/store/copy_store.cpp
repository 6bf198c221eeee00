#include "store/copy_store.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/file_descriptor.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "store/connection.hpp"

namespace fleetmeter::store {

namespace {

Error failed(const std::string& path) {
  const int code = errno;
  const ErrorKind kind = code == EACCES || code == EPERM ? ErrorKind::permission
                         : code == ENOSPC                ? ErrorKind::io
                                                         : ErrorKind::cannot_create;
  return {kind, printable(path) + ": cannot be written: " + std::strerror(code)};
}

/// Makes the file, so that no other one of that name is written to.
base::FileDescriptor create(const std::string& path) {
  base::FileDescriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.number() < 0) {
    throw failed(path);
  }
  return file;
}

/// All pages in one step: between two, somebody who writes could make the copy begin anew.
void copy_pages(SQLite::Database& from, const std::string& to) {
  SQLite::Database copy(to, SQLite::OPEN_READWRITE);
  copy.exec("PRAGMA synchronous = OFF");  // it is brought to the disk at the end, as a whole
  SQLite::Backup(copy, from).executeStep(-1);
}

}  // namespace

void copy_store(const std::string& from, const std::string& to) {
  const auto source = open_store(from, Access::read);
  const base::FileDescriptor file = create(to);
  try {
    guarded(to, [&] { copy_pages(*source, to); });
    if (fsync(file.number()) != 0) {
      throw failed(to);
    }
  } catch (...) {
    unlink(to.c_str());
    throw;
  }
}

}  // namespace fleetmeter::store
