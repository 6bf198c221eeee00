#include "store/page_advice.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

using Key = PageAdvice::Key;
using Range = PageAdvice::Range;
using Bytes = std::vector<unsigned char>;

// Pages that are no farther apart than this are asked for together, with the pages between them.
constexpr std::uint32_t kNear = 4;
constexpr int kMostFiles = 1024;            // descriptors that are looked through
constexpr std::size_t kMostPages = 20'000;  // of one level of a tree
constexpr std::int64_t kLeastPage = 512;    // bytes
constexpr int kMostLevels = 20;             // SQLite's own limit
constexpr unsigned kInteriorIndex = 2;      // the first byte of such a page
constexpr unsigned kInteriorTable = 5;
constexpr std::uint64_t kSerialOne = 9;  // the serial type of the integer 1

/// The descriptor by which SQLite reads a file; -1 when it is not found. It is not opened a second
/// time here: closing that second descriptor would give up the locks that this process has on the
/// file.
int descriptor_of(const char* path) {
  struct stat wanted {};
  if (path == nullptr || stat(path, &wanted) != 0) {
    return -1;
  }
  for (int file = 0; file < kMostFiles; ++file) {
    struct stat found {};
    if (fstat(file, &found) == 0 && found.st_dev == wanted.st_dev &&
        found.st_ino == wanted.st_ino) {
      return file;
    }
  }
  return -1;
}

/// Reads the numbers of a page one after another, as SQLite's file format writes them
/// (https://www.sqlite.org/fileformat2.html). After the end of the page it reads zeros.
class Cursor {
 public:
  Cursor(const Bytes& page, std::size_t at) : page_(&page), at_(at) {}

  std::uint64_t big_endian(std::size_t bytes) {
    std::uint64_t value = 0;
    for (; bytes > 0; --bytes) {
      value = value << 8 | next();
    }
    return value;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) {
      const unsigned byte = next();
      value = value << 7 | (byte & 0x7F);
      if (byte < 0x80) {
        return value;
      }
    }
    return value << 8 | next();
  }

  /// An integer of a record, in as many bytes as its serial type says.
  std::int64_t integer(std::uint64_t type) {
    constexpr std::array<std::size_t, 7> kBytes{0, 1, 2, 3, 4, 6, 8};
    if (type == kSerialOne || type == 0 || type >= kBytes.size()) {
      return type == kSerialOne ? 1 : 0;
    }
    const auto unused = static_cast<unsigned>(64 - 8 * kBytes[type]);
    return static_cast<std::int64_t>(big_endian(kBytes[type]) << unused) >> unused;
  }

  [[nodiscard]] Cursor behind(std::uint64_t bytes) const {
    return {*page_, at_ + static_cast<std::size_t>(std::min<std::uint64_t>(bytes, page_->size()))};
  }

 private:
  unsigned next() {
    const unsigned byte = at_ < page_->size() ? (*page_)[at_] : 0;
    ++at_;
    return byte;
  }

  const Bytes* page_;
  std::size_t at_;
};

/// The key in a cell of an interior page. `cell` stands after the number of the cell's child.
Key key_at(Cursor cell, bool of_table) {
  if (of_table) {
    return {static_cast<std::int64_t>(cell.varint()), 0};
  }
  cell.varint();  // the length of the record
  Cursor types = cell;
  Cursor values = cell.behind(types.varint());
  const std::uint64_t first_type = types.varint();
  const std::uint64_t second_type = types.varint();
  const std::int64_t first = values.integer(first_type);
  return {first, values.integer(second_type)};
}

bool is_interior(const Bytes& page) {
  return page[0] == kInteriorIndex || page[0] == kInteriorTable;
}

/// A page of a tree, and the greatest key that may stand below it. The last page of a level has no
/// such bound.
struct Node {
  std::uint32_t page = 0;
  std::optional<Key> up_to;
};

/// Adds those children of an interior page that may hold keys of the ranges from `range` on. Moves
/// `range` past the ranges that end within the page.
void add_children(const Bytes& page, const std::optional<Key>& up_to,
                  std::vector<Range>::const_iterator& range,
                  const std::vector<Range>::const_iterator& end, std::vector<Node>& out) {
  const bool of_table = page[0] == kInteriorTable;
  const std::uint64_t keys = Cursor(page, 3).big_endian(2);
  for (std::uint64_t i = 0; i <= keys && range != end && out.size() < kMostPages; ++i) {
    const bool is_last = i == keys;
    Cursor cell(page, is_last ? 8 : Cursor(page, 12 + 2 * i).big_endian(2));
    Node child{static_cast<std::uint32_t>(cell.big_endian(4)), up_to};
    if (!is_last) {
      child.up_to = key_at(cell, of_table);
    }
    if (!child.up_to || range->first <= *child.up_to) {
      out.push_back(child);
    }
    while (child.up_to && range != end &&
           (of_table ? range->last <= *child.up_to : range->last < *child.up_to)) {
      ++range;
    }
  }
}

/// Sorts the ranges, and makes one of those that overlap.
void put_in_order(std::vector<Range>& ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::size_t kept = 0;
  for (const Range& range : ranges) {
    if (kept > 0 && range.first <= ranges[kept - 1].last) {
      ranges[kept - 1].last = std::max(ranges[kept - 1].last, range.last);
    } else {
      ranges[kept++] = range;
    }
  }
  ranges.resize(kept);
}

}  // namespace

void PageAdvice::open() {
  opened_ = true;
  file_ = descriptor_of(sqlite3_db_filename(db_.getHandle(), "main"));
  Bytes header(18);
  if (file_ < 0 || pread(file_, header.data(), header.size(), 0) != 18) {
    return;
  }
  const std::uint64_t bytes = Cursor(header, 16).big_endian(2);
  page_bytes_ = bytes == 1 ? 65536 : static_cast<std::int64_t>(bytes);
  if (page_bytes_ < kLeastPage) {
    return;
  }
  Query<ask::ListTrees> trees(db_);
  for (const auto& tree : trees.rows()) {
    roots_[tree.name] = static_cast<std::uint32_t>(tree.rootpage);
  }
}

bool PageAdvice::read(std::uint32_t number) {
  page_.resize(static_cast<std::size_t>(page_bytes_));
  return number > 0 && pread(file_, page_.data(), page_.size(), (number - 1) * page_bytes_) ==
                           static_cast<ssize_t>(page_.size());
}

bool PageAdvice::is_in_memory(std::uint32_t number) const {
  char byte = 0;
  iovec where{&byte, 1};
  return number > 0 && preadv2(file_, &where, 1, (number - 1) * page_bytes_, RWF_NOWAIT) == 1;
}

PageAdvice::Pages PageAdvice::pages_of(const std::string& tree, std::vector<Range> ranges) {
  if (!opened_) {
    open();
  }
  Pages pages;
  const auto root = roots_.find(tree);
  if (root == roots_.end()) {
    return pages;
  }
  put_in_order(ranges);
  std::vector<Node> level{{root->second, std::nullopt}};
  for (int depth = 0; depth < kMostLevels; ++depth) {
    std::vector<Node> below;
    auto range = ranges.cbegin();
    for (const Node& node : level) {
      if (!read(node.page) || !is_interior(page_)) {
        return pages;  // these are leaves: the pages of one level are all interior, or none is
      }
      add_children(page_, node.up_to, range, ranges.cend(), below);
    }
    level = std::move(below);
    pages.clear();
    for (const Node& node : level) {
      pages.push_back(node.page);
    }
  }
  return pages;
}

bool PageAdvice::fetch(Pages pages) const {
  std::sort(pages.begin(), pages.end());
  bool any = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (is_in_memory(pages[i])) {
      continue;
    }
    any = true;
    const std::int64_t first = pages[i];
    while (i + 1 < pages.size() && pages[i + 1] <= pages[i] + kNear) {
      ++i;
    }
    posix_fadvise(file_, (first - 1) * page_bytes_, (pages[i] - first + 1) * page_bytes_,
                  POSIX_FADV_WILLNEED);
  }
  return any;
}

}  // namespace fleetmeter::store
