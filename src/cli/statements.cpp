#include "cli/statements.hpp"

#include <cctype>
#include <string_view>

namespace fleetmeter::cli {

namespace {

/// Where a piece of SQL ends that begins at `at`: a text in quotes, a name in brackets, a comment,
/// or one character. The end of the text, when it is not closed.
std::size_t end_of_piece(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view closing, std::size_t from) {
    const std::size_t found = text.find(closing, from);
    return found == std::string_view::npos ? text.size() : found + closing.size();
  };
  const char c = text[at];
  if (c == '\'' || c == '"' || c == '`') {
    return behind(text.substr(at, 1), at + 1);  // a doubled quote begins the next piece
  }
  if (c == '[') {
    return behind("]", at + 1);
  }
  if (text.substr(at, 2) == "--") {
    return behind("\n", at);
  }
  return text.substr(at, 2) == "/*" ? behind("*/", at + 2) : at + 1;
}

bool is_comment(std::string_view text, std::size_t at) {
  return text.substr(at, 2) == "--" || text.substr(at, 2) == "/*";
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::optional<std::string> take_statement(std::string& text) {
  for (std::size_t at = 0; at < text.size(); at = end_of_piece(text, at)) {
    if (text[at] == ';') {
      std::string statement = text.substr(0, at);
      text.erase(0, at + 1);
      return statement;
    }
  }
  return std::nullopt;
}

bool says_nothing(const std::string& text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); at = end) {
    end = end_of_piece(text, at);
    const bool goes_on = text.compare(at, 2, "/*") == 0 && text.compare(end - 2, 2, "*/") != 0;
    if (goes_on || (!is_space(text[at]) && !is_comment(text, at))) {
      return false;
    }
  }
  return true;
}

bool is_word_sign(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

}  // namespace fleetmeter::cli
