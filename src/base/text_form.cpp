#include "base/text_form.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/uuid.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::size_t kLongestLiteral = 12;
constexpr std::size_t kUuidLength = 36;
constexpr std::size_t kUuidBegins = 8;  // digits before its first dash

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

bool is_of_word(char c) {
  return is_digit(c) || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

/// How long the word is that begins a text: letters and digits, or a whole UUID.
std::size_t word_length(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_of_word);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const bool may_be_uuid = length == kUuidBegins && text.size() >= kUuidLength &&
                           (text.size() == kUuidLength || !is_of_word(text[kUuidLength]));
  return may_be_uuid && packed_uuid(text.substr(0, kUuidLength)) ? kUuidLength : length;
}

bool differs_between_texts(std::string_view word, std::string_view behind) {
  return !behind.starts_with("\":") &&
         (word.size() > kLongestLiteral || std::any_of(word.begin(), word.end(), is_digit));
}

TextForm::Part part_of(std::string_view word) {
  if (const auto uuid = packed_uuid(word)) {
    return *uuid;
  }
  std::int64_t number = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, problem] = std::from_chars(word.data(), end, number);
  const bool is_usual = word == "0" || (!word.starts_with('0') && !word.starts_with('-'));
  if (problem == std::errc() && stop == end && is_usual) {
    return number;
  }
  return word;
}

/// The words of a text that are its parts.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t length = word_length(text);
    const std::string_view word = text.substr(0, length);
    text.remove_prefix(length);
    if (length > 0 && differs_between_texts(word, text)) {
      parts.push_back(word);
    }
    text.remove_prefix(std::min<std::size_t>(1, text.size()));
  }
  return parts;
}

void put_literally(std::string& form, std::string_view text) {
  for (const char c : text) {
    form.append(c == '%' ? 2 : 1, c);
  }
}

}  // namespace

std::optional<TextForm> form_of(std::string_view text) {
  std::vector<std::string_view> parts = parts_of(text);
  if (parts.empty() || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  if (parts.size() > TextForm::kMostParts) {
    parts.resize(TextForm::kMostParts);
    const auto begin = static_cast<std::size_t>(parts.back().data() - text.data());
    parts.back() = text.substr(begin);
  }
  TextForm split;
  std::size_t at = 0;
  for (const std::string_view part : parts) {
    const auto begin = static_cast<std::size_t>(part.data() - text.data());
    put_literally(split.form, text.substr(at, begin - at));
    split.form += "%s";
    split.parts.push_back(part_of(part));
    at = begin + part.size();
  }
  put_literally(split.form, text.substr(at));
  return split;
}

}  // namespace fleetmeter::base
