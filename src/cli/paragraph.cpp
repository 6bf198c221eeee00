#include "cli/paragraph.hpp"

#include <algorithm>

namespace fleetmeter::cli {

namespace {

constexpr std::size_t kWidth = 80;

}  // namespace

std::string paragraph(const std::string& text, std::size_t indent) {
  std::string out;
  std::string line;
  const auto put = [&] {
    out += std::string(line.empty() ? 0 : indent, ' ') + line + '\n';
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && indent + line.size() + 1 + word.size() > kWidth) {
      put();
    }
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  put();
  return out;
}

}  // namespace fleetmeter::cli
