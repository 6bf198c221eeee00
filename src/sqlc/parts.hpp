#pragma once

#include <map>
#include <string>
#include <vector>

#include "sqlc/files.hpp"

namespace fleetmeter::sqlc {

/// The texts that several SQL files share: queries/parts/*.sql, each a table of a WITH clause or a
/// run of columns.
///
/// A file asks for one by a line of its own, and the build puts the part's text in its place, as
/// deep as that line stands, with the comma if there is one:
///
///     WITH RECURSIVE
///     -- part: window,
///     -- part: process_egress,
///
/// A part may ask for parts. It begins with a header of comment lines (`-- name: what it is`) that
/// ends at the first empty line and stays behind.
class Parts {
 public:
  explicit Parts(const std::vector<File>& files);

  /// The file's text with every part in its place. Throws Fault on a part that is not there, or
  /// that asks for itself.
  [[nodiscard]] std::string put_into(const File& file);

  /// Throws Fault when a part was put nowhere.
  void expect_all_used() const;

 private:
  struct Part {
    File file;
    std::string body;
    bool is_used = false;
    bool is_open = false;  ///< it is being put in; meeting it again would never end
  };
  void put(const File& from, const std::string& text, const std::string& indent, std::string& out);

  std::map<std::string, Part> parts_;
};

}  // namespace fleetmeter::sqlc
