#pragma once

#include <SQLiteCpp/Database.h>

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace fleetmeter::store {

/// Tells the operating system which pages of a store are about to be read. SQLite waits for one
/// page before it asks for the next; a disk that is told of hundreds at once has them ready in the
/// time of a few.
///
/// It is advice: whatever the file holds, no answer depends on it, and where it cannot be given (a
/// store in memory, a damaged one) it is not.
class PageAdvice {
 public:
  explicit PageAdvice(SQLite::Database& db) : db_(db) {}
  PageAdvice(const PageAdvice&) = delete;
  PageAdvice& operator=(const PageAdvice&) = delete;

  /// The first two columns of a key, both integers; of a table with a rowid, that and 0.
  using Key = std::array<std::int64_t, 2>;
  struct Range {
    Key first;
    Key last;  ///< inclusive
  };

  using Pages = std::vector<std::uint32_t>;  ///< their numbers, from 1

  /// The pages of a table (or index) that may hold rows (or entries) with keys in these ranges,
  /// in order of the keys. Reads what leads to them.
  [[nodiscard]] Pages pages_of(const std::string& tree, std::vector<Range> ranges);

  /// Has those that are not in memory read. Whether there were any.
  bool fetch(Pages pages) const;

 private:
  void open();
  [[nodiscard]] bool read(std::uint32_t number);
  [[nodiscard]] bool is_in_memory(std::uint32_t number) const;

  SQLite::Database& db_;
  bool opened_ = false;
  int file_ = -1;  ///< SQLite's own
  std::int64_t page_bytes_ = 0;
  std::unordered_map<std::string, std::uint32_t> roots_;
  std::vector<unsigned char> page_;  ///< as it was read last
};

}  // namespace fleetmeter::store
