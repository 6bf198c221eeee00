#include "workbook/writer.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "workbook/book.hpp"

namespace fleetmeter::workbook {

namespace {

constexpr const char* kProgram = "fleetmeter";
constexpr std::int64_t kNoDate_s = 946'684'800;  // 2000-01-01: an answer says nothing of the clock

class Writer final : public RowSink {
 public:
  explicit Writer(std::ostream& out)
      : out_(out), book_(kProgram, kNoDate_s), sheet_(book_.formats(), "answer", kProgram) {}

  void columns(const std::vector<std::string>& names) override { sheet_.columns(names); }
  void row(const std::vector<Cell>& cells) override { sheet_.row(cells); }
  void end() override {
    sheet_.end();
    out_ << book_.finish();
  }

 private:
  std::ostream& out_;
  Book book_;
  Sheet sheet_;
};

/// A name that a sheet can have.
std::string sheet_name(std::string name) {
  constexpr std::size_t kLongest = 31;
  constexpr std::string_view kForbidden = "[]:*?/\\'";
  name.resize(std::min(name.size(), kLongest));
  std::replace_if(
      name.begin(), name.end(),
      [&](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return code < 0x20 || code >= 0x7f || kForbidden.find(letter) != std::string_view::npos;
      },
      ' ');
  return name;
}

}  // namespace

std::unique_ptr<RowSink> make_writer(std::ostream& out) {
  return std::make_unique<Writer>(out);
}

void write_sections(std::ostream& out, const std::vector<Section>& sections) {
  Book book(kProgram, kNoDate_s);
  for (const Section& one : sections) {
    const std::string name = sheet_name(one.name);
    Sheet sheet(book.formats(), name.c_str(), kProgram);
    one.table.give_to(sheet);
  }
  out << book.finish();
}

}  // namespace fleetmeter::workbook
