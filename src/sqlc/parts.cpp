#include "sqlc/parts.hpp"

#include <sstream>
#include <string_view>

namespace fleetmeter::sqlc {

namespace {

constexpr std::string_view kMarker = "-- part: ";

std::string body_of(const File& file) {
  const std::string header = "-- " + file.stem() + ": ";
  const std::size_t end = file.text.find("\n\n");
  if (file.text.rfind(header, 0) != 0 || end == std::string::npos) {
    throw Fault(file.path + ":1: a part begins with \"" + header +
                "what it is\", and an empty line before its text");
  }
  return file.text.substr(end + 2);
}

}  // namespace

Parts::Parts(const std::vector<File>& files) {
  for (const File& file : files) {
    parts_.emplace(file.stem(), Part{file, body_of(file)});
  }
}

std::string Parts::put_into(const File& file) {
  std::string out;
  put(file, file.text, "", out);
  return out;
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
    const bool has_comma = line.back() == ',';
    std::string name = line.substr(begin + kMarker.size());
    name.erase(name.size() - (has_comma ? 1 : 0));
    const auto found = parts_.find(name);
    if (found == parts_.end() || found->second.is_open) {
      throw Fault(from.path + ": " +
                  (found == parts_.end() ? "no file is called" : "goes round by") +
                  " queries/parts/" + name + ".sql");
    }
    Part& part = found->second;
    part.is_used = part.is_open = true;
    put(part.file, part.body, indent + line.substr(0, begin), out);
    part.is_open = false;
    if (has_comma) {
      out.insert(out.size() - 1, ",");
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
