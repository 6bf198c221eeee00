#include <algorithm>
#include <array>
#include <cctype>
#include <ostream>

#include "base/text_width.hpp"
#include "format/collected.hpp"
#include "format/writers.hpp"

namespace fleetmeter::format {

namespace {

/// Whether a program that shows Markdown may make a link of a text on its own: an address of the
/// web or of mail, or the name of a user. A backslash does not keep all programs from it.
bool could_link(const std::string& text) {
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<const char*, 5> kBegins{"://", "www.", "@", "mailto:", "xmpp:"};
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](const char* begin) { return lower.find(begin) != std::string::npos; });
}

/// A text as a code span, in which nothing is live. Its fence is longer than any run of backticks
/// in it. A bar would end the cell; a backslash before one would undo its escape.
std::string as_code(const std::string& text) {
  std::string code;
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|') {
      code += !code.empty() && code.back() == '\\' ? " \\" : "\\";
    }
    code += c;
  }
  const std::string fence(longest + 1, '`');
  const char* const space = longest > 0 ? " " : "";  // keeps a backtick at an end apart
  return fence + space + code + space + fence;
}

/// Within a word, a _ is no markup.
bool is_at_edge_of_word(const std::string& text, std::size_t at) {
  const auto is_letter = [&](std::size_t place) {
    return place < text.size() && (std::isalnum(static_cast<unsigned char>(text[place])) != 0 ||
                                   text[place] == '_' || (text[place] & 0x80) != 0);
  };
  return at == 0 || !is_letter(at - 1) || !is_letter(at + 1);
}

/// A text in which no markup is live.
std::string escape(std::string text) {
  if (could_link(text)) {
    return as_code(text);
  }
  for (std::size_t at = 0; (at = text.find_first_of("|\\<[*`~&_", at)) != std::string::npos; ++at) {
    if (text[at] != '_' || is_at_edge_of_word(text, at)) {
      text.insert(at++, 1, '\\');
    }
  }
  return text;
}

class MarkdownWriter final : public Collected {
 public:
  using Collected::Collected;

  void end() override {
    columns_ = shown();
    for (Shown& column : columns_) {
      column.name = escape(column.name);
      widths_.push_back(base::width_of(column.name));
      for (std::string& text : column.texts) {
        text = escape(text);
        widths_.back() = std::max(widths_.back(), base::width_of(text));
      }
    }
    put_row([](const Shown& column) { return column.name; });
    out() << '|';
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      out() << ' ' << std::string(widths_[i], '-') << (columns_[i].is_number ? ":|" : " |");
    }
    out() << '\n';
    for (std::size_t row = 0; row < row_count(); ++row) {
      put_row([row](const Shown& column) { return column.texts[row]; });
    }
  }

 private:
  template <class TextOf>
  void put_row(TextOf&& text_of) {
    out() << '|';
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      out() << ' ' << padded(text_of(columns_[i]), widths_[i], columns_[i].is_number) << " |";
    }
    out() << '\n';
  }

  std::vector<Shown> columns_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::unique_ptr<RowSink> make_markdown(std::ostream& out, const FormatOptions& options) {
  return std::make_unique<MarkdownWriter>(out, options);
}

}  // namespace fleetmeter::format
