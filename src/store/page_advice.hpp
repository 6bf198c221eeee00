#pragma once

#include <SQLiteCpp/Database.h>

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace fleetmeter::store {

/// Tells the operating system which pages of a store are about to be read. SQLite waits for each
/// page before it asks for the next. A disk that is told of hundreds of pages at once has them all
/// ready in the time that a few would take one by one.
///
/// To know the pages, it reads the inner pages of SQLite's trees by itself. This is only advice: no
/// answer depends on it, whatever the file holds. Where it cannot be given (the store is in memory,
/// or damaged) it is not given.
class PageAdvice {
 public:
  explicit PageAdvice(SQLite::Database& db) : db_(db) {}
  PageAdvice(const PageAdvice&) = delete;
  PageAdvice& operator=(const PageAdvice&) = delete;

  /// The first two columns of a key, which are integers. Of a table with a rowid: the rowid and 0.
  using Key = std::array<std::int64_t, 2>;
  struct Range {
    Key first;
    Key last;  ///< inclusive
  };

  using Pages = std::vector<std::uint32_t>;  ///< their numbers, from 1

  /// The leaf pages of a table or index that may hold keys of these ranges, in the order of the
  /// keys. Reads the inner pages that lead to them. Empty when they cannot be told.
  [[nodiscard]] Pages pages_of(const std::string& tree, std::vector<Range> ranges);

  /// Asks for those of the pages that are not in memory. True when there was one.
  bool fetch(Pages pages) const;

 private:
  void open();
  [[nodiscard]] bool read(std::uint32_t number);
  [[nodiscard]] bool is_in_memory(std::uint32_t number) const;

  SQLite::Database& db_;
  bool opened_ = false;
  int file_ = -1;  ///< the descriptor that SQLite opened; -1: there is none
  std::int64_t page_bytes_ = 0;
  std::unordered_map<std::string, std::uint32_t> roots_;  ///< of the trees, by name
  std::vector<unsigned char> page_;                       ///< the page that was read last
};

}  // namespace fleetmeter::store
