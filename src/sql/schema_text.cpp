#include "sql/schema_text.hpp"

#include <cctype>
#include <sstream>

namespace fleetmeter::sql {

namespace {

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// `  name  INTEGER NOT NULL,  -- remark` as name and remark; the name is empty when it is no
/// column.
std::pair<std::string, std::string> column_of(const std::string& line) {
  const std::size_t remark = line.find("-- ");
  const std::string name = trimmed(line.substr(0, line.find(' ', 2)));
  const bool is_column = remark != std::string::npos && line.rfind("  ", 0) == 0 && !name.empty() &&
                         std::islower(static_cast<unsigned char>(name.front())) != 0;
  return is_column ? std::pair(name, trimmed(line.substr(remark + 3)))
                   : std::pair<std::string, std::string>();
}

}  // namespace

SchemaText parse_schema(const SqlText& file) {
  SchemaText described;
  const std::string path(file.path);
  const std::size_t begin = path.find_last_of('/') + 1;
  described.name = path.substr(begin, path.size() - begin - 4);
  std::istringstream lines{std::string(file.text)};
  bool in_statement = false;
  for (std::string line; std::getline(lines, line);) {
    if (!in_statement && line.rfind("--", 0) == 0) {
      const std::string part = trimmed(line.substr(2));
      described.comment += (described.comment.empty() || part.empty() ? "" : " ") + part;
      continue;
    }
    in_statement = true;
    described.is_view = described.is_view || line.rfind("CREATE VIEW", 0) == 0;
    if (const auto column = column_of(line); !described.is_view && !column.first.empty()) {
      described.columns.push_back(column);
    }
  }
  return described;
}

}  // namespace fleetmeter::sql
