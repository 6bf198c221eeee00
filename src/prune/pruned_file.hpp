#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.hpp"
#include "base/file_descriptor.hpp"
#include "base/sha256.hpp"
#include "fleetmeter/table.hpp"
#include "parquet/reader.hpp"
#include "store/pruned.hpp"

namespace fleetmeter::prune {

/// How a file of a digest is called.
[[nodiscard]] std::string name_of(std::string_view sha256);

/// Makes a Parquet file of observations, a row each, and puts it to its place when it is whole. The
/// same rows give the same bytes, and so the same name.
class FileBeingMade {
 public:
  /// Makes `pruning.partial` in a folder, or takes one over that was left there. Throws
  /// Error(no_input, permission, io), and Error(busy) while somebody else makes one there.
  explicit FileBeingMade(const std::string& folder);
  ~FileBeingMade();
  FileBeingMade(const FileBeingMade&) = delete;
  FileBeingMade& operator=(const FileBeingMade&) = delete;

  void add(const std::string& process_id, const store::MovedObservation& row);

  struct Made {
    base::Sha256 sha256;
    std::int64_t bytes = 0;
  };
  /// Ends the file, brings it to the disk and calls it by its digest. A file of this name that is
  /// there already is another copy of these bytes.
  [[nodiscard]] Made put();

 private:
  void write(std::string_view piece);

  std::string folder_;
  std::string path_;
  bool is_put_ = false;
  base::FileDescriptor file_;
  base::Sha256Stream digest_;
  std::int64_t written_ = 0;
  base::ByteStream out_;
  std::unique_ptr<RowSink> rows_;
};

/// A file that FileBeingMade made, to be read again.
class PrunedFile {
 public:
  /// Throws Error(no_input) when it is not in the folder, Error(data) when its bytes do not have
  /// the digest, or are no such file.
  PrunedFile(const std::string& folder, std::string_view sha256, std::int64_t bytes);

  /// So many rows from one on, counted from 0, which must be of this process. Rows that lie near
  /// those that were read before are quick.
  [[nodiscard]] std::vector<store::MovedObservation> rows(const std::string& process_id,
                                                          std::int64_t first, std::int64_t count);

 private:
  [[nodiscard]] std::string read_at(std::int64_t offset, std::int64_t size) const;
  void expect_digest(std::string_view sha256, std::int64_t bytes) const;
  void expect_columns() const;
  /// Reads the group in which a row stands, unless it was the last one read.
  void go_to(std::int64_t row);

  std::string path_;
  base::FileDescriptor file_;
  std::optional<parquet::Reader> reader_;
  std::vector<std::vector<Cell>> group_;  ///< the columns of the group that was read last
  std::int64_t group_begin_ = 0;          ///< its first row
  std::int64_t group_end_ = 0;            ///< behind its last row
};

}  // namespace fleetmeter::prune
