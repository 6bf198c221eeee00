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
/// deep as that line stands, with the comma or semicolon behind it:
///
///     WITH RECURSIVE
///     -- part: period,
///     -- part: process_egress,
///
/// A part may ask for parts. It begins with a header of comment lines that ends at the first empty
/// line and stays behind. The header says what one row of the part is, and what it needs:
///
///     -- neighbour: one row is a row of cut and the readings on both sides of its bound.
///     -- needs: cut
///
/// A part that defines the table of its own name needs tables that are defined above it; any other
/// (columns, joins) needs tables of the statement that it stands in. `needs: nothing` is said too.
class Parts {
 public:
  explicit Parts(const std::vector<File>& files);

  /// The file's text with every part in its place. Throws Fault on a part that is not there, that
  /// asks for itself, or that needs what the file does not have.
  [[nodiscard]] std::string put_into(const File& file);

  /// Throws Fault when a part was put nowhere.
  void expect_all_used() const;

 private:
  struct Part {
    File file;
    std::string body;
    std::vector<std::string> needs;
    bool is_used = false;
    bool is_open = false;  ///< it is being put in; meeting it again would never end
  };
  Part& find(const File& from, const std::string& name);
  static void expect_above(const Part& part, const File& from, const std::string& above);
  void put(const File& from, const std::string& text, const std::string& indent, std::string& out);

  std::map<std::string, Part> parts_;
  /// The parts of this file that are no tables, such as a run of columns: what they need may stand
  /// anywhere in the file, so it is looked for when all of it is put together.
  std::vector<const Part*> beside_;
};

}  // namespace fleetmeter::sqlc
