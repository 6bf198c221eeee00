#include "prune/pruned_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/disk.hpp"
#include "fleetmeter/text.hpp"
#include "parquet/writer.hpp"

namespace fleetmeter::prune {

namespace {

constexpr std::size_t kPiece = 256UL * 1024;

enum Column : std::size_t {
  process_id,
  observed_at_ms,
  snapshot_seq,
  restatement,
  attribute_no,
  activity_no,
  egressed_bytes,
};

struct Described {
  const char* name;
  CellKind kind;
};
constexpr std::array<Described, 7> kColumns{{
    {"process_id", CellKind::text},
    {"observed_at_ms", CellKind::integer},
    {"snapshot_seq", CellKind::integer},
    {"restatement", CellKind::integer},
    {"attribute_no", CellKind::integer},
    {"activity_no", CellKind::integer},
    {"egressed_bytes", CellKind::integer},
}};

/// Whether an open file is now locked, and is still what a path leads to.
bool is_locked(int file, const std::string& path) {
  struct stat opened {};
  struct stat there {};
  return flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &opened) == 0 &&
         stat(path.c_str(), &there) == 0 && opened.st_dev == there.st_dev &&
         opened.st_ino == there.st_ino;
}

}  // namespace

std::string name_of(std::string_view sha256) {
  return base::to_hex(sha256) + ".parquet";
}

FileBeingMade::FileBeingMade(const std::string& folder)
    : folder_(folder),
      path_(folder + "/pruning.partial"),
      file_(open(path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666)),
      out_([this](std::string_view piece) { write(piece); }) {
  if (file_.number() < 0) {
    throw base::cannot_make(path_, "cannot be made", errno);
  }
  if (!is_locked(file_.number(), path_)) {
    throw Error(ErrorKind::busy, printable(path_) + ": another process is making a file here");
  }
  if (ftruncate(file_.number(), 0) != 0) {
    throw base::cannot_make(path_, "cannot be written", errno);
  }
  rows_ = parquet::make_writer(out_);
  std::vector<std::string> names;
  std::vector<CellKind> kinds;
  for (const Described& column : kColumns) {
    names.emplace_back(column.name);
    kinds.push_back(column.kind);
  }
  rows_->kinds(kinds);
  rows_->columns(names);
}

FileBeingMade::~FileBeingMade() {
  if (!is_put_) {
    unlink(path_.c_str());
  }
}

void FileBeingMade::add(const std::string& process, const store::MovedObservation& row) {
  std::vector<Cell> cells(kColumns.size());
  cells[process_id] = process;
  cells[observed_at_ms] = row.observed_at_ms;
  cells[snapshot_seq] = row.snapshot_seq;
  cells[restatement] = row.restatement;
  cells[attribute_no] = row.attribute_no;
  cells[activity_no] = row.activity_no;
  cells[egressed_bytes] = row.egressed_bytes ? Cell(*row.egressed_bytes) : Cell(nullptr);
  rows_->row(cells);
}

void FileBeingMade::write(std::string_view piece) {
  digest_.update(piece);
  base::write_all(file_.number(), piece, path_);
  written_ += static_cast<std::int64_t>(piece.size());
}

FileBeingMade::Made FileBeingMade::put() {
  rows_->end();
  out_.finish();
  const Made made{digest_.finish(), written_};
  base::bring_to_disk(file_.number(), path_);
  // Whatever has this name already is put out of the way: these bytes are known to be right.
  const std::string place = folder_ + '/' + name_of(base::as_bytes(made.sha256));
  if (rename(path_.c_str(), place.c_str()) != 0) {
    throw base::cannot_make(place, "cannot be put there", errno);
  }
  is_put_ = true;
  base::bring_folder_to_disk(folder_);
  return made;
}

PrunedFile::PrunedFile(const std::string& folder, std::string_view sha256, std::int64_t bytes)
    : path_(folder + '/' + name_of(sha256)),
      file_(open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
  if (file_.number() < 0) {
    throw base::cannot_read(path_, "cannot be opened", errno);
  }
  expect_digest(sha256, bytes);
  try {
    reader_.emplace(
        [this](std::int64_t offset, std::int64_t size) { return read_at(offset, size); }, bytes);
    expect_columns();
  } catch (const Error& error) {
    throw Error(error.kind(), printable(path_) + ": " + error.what());
  }
}

std::string PrunedFile::read_at(std::int64_t offset, std::int64_t size) const {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = pread(file_.number(), bytes.data() + filled, bytes.size() - filled,
                              static_cast<off_t>(offset) + static_cast<off_t>(filled));
    if (got < 0 && errno != EINTR) {
      throw base::cannot_read(path_, "cannot be read", errno);
    }
    if (got == 0) {
      throw Error(ErrorKind::data, "it ends too early");
    }
    filled += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
  }
  return bytes;
}

void PrunedFile::expect_digest(std::string_view sha256, std::int64_t bytes) const {
  struct stat status {};
  if (fstat(file_.number(), &status) != 0) {
    throw base::cannot_read(path_, "cannot be read", errno);
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::no_input, printable(path_) + ": is no file");
  }
  base::Sha256Stream digest;
  if (status.st_size == bytes) {
    for (std::int64_t at = 0; at < bytes;) {
      const std::string piece =
          read_at(at, std::min(bytes - at, static_cast<std::int64_t>(kPiece)));
      digest.update(piece);
      at += static_cast<std::int64_t>(piece.size());
    }
  }
  if (status.st_size != bytes || base::as_bytes(digest.finish()) != sha256) {
    throw Error(ErrorKind::data, printable(path_) +
                                     ": its bytes are not those that were pruned "
                                     "(another SHA-256)");
  }
}

void PrunedFile::expect_columns() const {
  const auto& columns = reader_->columns();
  const bool fits = std::equal(columns.begin(), columns.end(), kColumns.begin(), kColumns.end(),
                               [](const parquet::Reader::Column& found, const Described& wanted) {
                                 return found.name == wanted.name && found.kind == wanted.kind;
                               });
  if (!fits) {
    throw Error(ErrorKind::data, "its columns are not those of pruned observations");
  }
}

void PrunedFile::go_to(std::int64_t row) {
  if (group_begin_ <= row && row < group_end_) {
    return;
  }
  group_begin_ = group_end_ = 0;
  for (std::size_t number = 0; number < reader_->groups(); ++number) {
    const std::int64_t end = group_begin_ + reader_->rows_of(number);
    if (row < end) {
      group_ = reader_->group(number);
      group_end_ = end;
      return;
    }
    group_begin_ = end;
  }
  throw Error(ErrorKind::data, "it has no row " + std::to_string(row));
}

std::vector<store::MovedObservation> PrunedFile::rows(const std::string& process,
                                                      std::int64_t first, std::int64_t count) {
  std::vector<store::MovedObservation> rows;
  try {
    if (first < 0 || count < 1 || count > reader_->rows() || first > reader_->rows() - count) {
      throw Error(ErrorKind::data, "it has no " + std::to_string(count) + " rows from row " +
                                       std::to_string(first) + " on");
    }
    for (std::int64_t row = first; row < first + count; ++row) {
      go_to(row);
      const auto at = static_cast<std::size_t>(row - group_begin_);
      const auto number = [&](Column column) {
        const auto* const value = std::get_if<std::int64_t>(&group_[column][at]);
        return value != nullptr ? std::optional(*value) : std::nullopt;
      };
      const auto needed = [&](Column column) {
        const auto value = number(column);
        return value ? *value
                     : throw Error(ErrorKind::data, "row " + std::to_string(row) + ": " +
                                                        kColumns[column].name + " is missing");
      };
      if (group_[process_id][at] != Cell(process)) {
        throw Error(ErrorKind::data,
                    "row " + std::to_string(row) + ": it is not of process " + printable(process));
      }
      rows.push_back({.snapshot_seq = needed(snapshot_seq),
                      .observed_at_ms = needed(observed_at_ms),
                      .restatement = needed(restatement),
                      .attribute_no = needed(attribute_no),
                      .activity_no = needed(activity_no),
                      .egressed_bytes = number(egressed_bytes)});
    }
  } catch (const Error& error) {
    throw Error(error.kind(), printable(path_) + ": " + error.what());
  }
  return rows;
}

}  // namespace fleetmeter::prune
