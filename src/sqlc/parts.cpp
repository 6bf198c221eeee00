#include "sqlc/parts.hpp"

#include <regex>
#include <sstream>
#include <string_view>

namespace fleetmeter::sqlc {

namespace {

constexpr std::string_view kMarker = "-- part: ";
constexpr std::string_view kNeeds = "\n-- needs: ";

std::size_t end_of_header(const File& file) {
  const std::string header = "-- " + file.stem() + ": ";
  const std::size_t end = file.text.find("\n\n");
  if (file.text.rfind(header, 0) != 0 || end == std::string::npos || file.text.find(kNeeds) > end) {
    throw Fault(file.path + ":1: a part begins with \"" + header +
                "what one row is\", a line \"-- needs: …\", and an empty line before its text");
  }
  return end;
}

/// The names after `-- needs:`, which are none in `-- needs: nothing`.
std::vector<std::string> needs_of(const File& file) {
  const std::size_t begin = file.text.find(kNeeds) + kNeeds.size();
  std::istringstream list(file.text.substr(begin, file.text.find('\n', begin) - begin));
  std::vector<std::string> names;
  for (std::string name; std::getline(list >> std::ws, name, ',');) {
    if (name != "nothing") {
      names.push_back(name);
    }
  }
  return names;
}

/// Whether a WITH clause in the text defines this table.
bool defines(const std::string& text, const std::string& table) {
  return std::regex_search(text,
                           std::regex("\\b" + table + " AS (NOT MATERIALIZED |MATERIALIZED )?\\("));
}

/// Whether the text reads a table of this name, which may be an alias.
bool reads(const std::string& text, const std::string& table) {
  return std::regex_search(text, std::regex("\\b(FROM|JOIN|AS|INTO) " + table + "\\b"));
}

}  // namespace

Parts::Parts(const std::vector<File>& files) {
  for (const File& file : files) {
    const std::size_t end = end_of_header(file);
    parts_.emplace(file.stem(), Part{file, file.text.substr(end + 2), needs_of(file)});
  }
}

std::string Parts::put_into(const File& file) {
  std::string out;
  beside_.clear();
  put(file, file.text, "", out);
  for (const Part* part : beside_) {
    for (const std::string& table : part->needs) {
      if (!reads(out, table)) {
        throw Fault(part->file.path + ": needs " + table + ", which " + file.path +
                    " does not read");
      }
    }
  }
  return out;
}

Parts::Part& Parts::find(const File& from, const std::string& name) {
  const auto found = parts_.find(name);
  if (found == parts_.end() || found->second.is_open) {
    throw Fault(from.path + ": " + (found == parts_.end() ? "no file is called" : "goes round by") +
                " queries/parts/" + name + ".sql");
  }
  return found->second;
}

void Parts::put(const File& from, const std::string& text, const std::string& indent,
                std::string& out) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos || line.compare(begin, kMarker.size(), kMarker) != 0) {
      out += line.empty() ? "\n" : indent + line + '\n';
      continue;
    }
    const std::string behind =
        line.back() == ',' || line.back() == ';' ? line.substr(line.size() - 1) : "";
    std::string name = line.substr(begin + kMarker.size());
    name.erase(name.size() - behind.size());
    Part& part = find(from, name);
    part.is_used = part.is_open = true;
    if (!defines(part.body, name)) {
      beside_.push_back(&part);
    } else {
      expect_above(part, from, out);
    }
    put(part.file, part.body, indent + line.substr(0, begin), out);
    part.is_open = false;
    out.insert(out.size() - 1, behind);
  }
}

void Parts::expect_above(const Part& part, const File& from, const std::string& above) {
  for (const std::string& table : part.needs) {
    if (!defines(above, table)) {
      throw Fault(part.file.path + ": needs " + table + ", which nothing above it in " + from.path +
                  " defines");
    }
  }
}

void Parts::expect_all_used() const {
  for (const auto& [name, part] : parts_) {
    if (!part.is_used) {
      throw Fault(part.file.path + ":1: no file asks for this part");
    }
  }
}

}  // namespace fleetmeter::sqlc
