#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/temporary.hpp"
#include "workbook/library.hpp"
#include "workbook/sheet.hpp"

namespace fleetmeter::workbook {

/// A workbook that is being made. Rows go to a temporary file as they come, so a long one takes
/// little memory. The same sheets give the same bytes.
class Book {
 public:
  /// `created_s` is what it says of when it was made, in Unix seconds. Throws Error(io) when the
  /// library is not installed, or there is no place for temporary files.
  Book(const std::string& title, std::int64_t created_s);
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  [[nodiscard]] const WorkbookFormats& formats() const { return formats_; }

  /// Ends it. Gives its bytes. Throws Error(io).
  [[nodiscard]] std::string finish();

 private:
  struct Close {
    void operator()(lxw_workbook* book) const { WorkbookLibrary::get().workbook_close(book); }
  };

  base::TemporaryFile file_;
  std::unique_ptr<lxw_workbook, Close> book_;
  WorkbookFormats formats_;
};

}  // namespace fleetmeter::workbook
