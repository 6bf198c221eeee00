#include "workbook/book.hpp"

#include "fleetmeter/error.hpp"

namespace fleetmeter::workbook {

namespace {

lxw_workbook* make_book(const std::string& path, std::string title, std::int64_t created_s) {
  const WorkbookLibrary& library = WorkbookLibrary::get();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  std::string folder = path.substr(0, path.find_last_of('/'));
  options.tmpdir = folder.data();
  lxw_workbook* const book = library.workbook_new_opt(path.c_str(), &options);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = created_s;  // else it is the clock, and no two books are the same
  library.workbook_set_properties(book, &properties);
  return book;
}

}  // namespace

Book::Book(const std::string& title, std::int64_t created_s)
    : book_(make_book(file_.path(), title, created_s)),
      formats_(WorkbookLibrary::get(), book_.get()) {}

std::string Book::finish() {
  const WorkbookLibrary& library = WorkbookLibrary::get();
  if (const lxw_error code = library.workbook_close(book_.release()); code != LXW_NO_ERROR) {
    throw Error(ErrorKind::io, std::string("xlsx: ") + library.lxw_strerror(code));
  }
  return file_.bytes();
}

}  // namespace fleetmeter::workbook
