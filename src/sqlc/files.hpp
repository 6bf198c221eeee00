#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace fleetmeter::sqlc {

/// What is wrong with an SQL file, as `path:line: what`, the form that editors and CI jump to.
class Fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One SQL file as it lies in the repository.
struct File {
  std::string path;  ///< from the repository's root: queries/ask/list_lives.sql
  std::string text;
  [[nodiscard]] std::string folder() const;  ///< queries/ask
  [[nodiscard]] std::string stem() const;    ///< list_lives
};

/// The .sql files that lie directly in `folder`, in name order. Throws Fault on a name that could
/// not be the name of a constant.
[[nodiscard]] std::vector<File> files_of(const std::filesystem::path& root,
                                         const std::string& folder);

/// Writes `text`, unless the file says exactly that already: what did not change is not compiled
/// again.
void write_if_new(const std::filesystem::path& path, const std::string& text);

}  // namespace fleetmeter::sqlc
