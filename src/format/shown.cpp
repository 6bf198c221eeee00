#include "format/shown.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/text.hpp"
#include "base/text_width.hpp"

namespace fleetmeter::format {

namespace {

constexpr std::size_t kShortestId = 8;
constexpr std::size_t kShortestMachineId = 12;  // digits of what a machine made up
constexpr std::size_t kDigestLength = 44;       // 256 bits in base64

/// Names of columns, for people. Where two would be called alike, their units stay.
std::vector<std::string> names_for_people(const std::vector<std::string>& names) {
  std::map<std::string, int> uses;
  for (const std::string& name : names) {
    ++uses[people_name(name)];
  }
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    shown.push_back(people_name(name));
    if (uses[shown.back()] > 1) {
      shown.back() = name;
      std::replace(shown.back().begin(), shown.back().end(), '_', ' ');
    }
  }
  return shown;
}

/// A column has the scale of its bounds, and of what it is compared with: of `billable_ms_lo` and
/// `from_billable_ms` this is `billable`.
std::string family_of(const std::string& name) {
  std::string_view core = name;
  for (const std::string_view side : {"from_", "to_", "change_"}) {
    if (core.starts_with(side)) {
      core.remove_prefix(side.size());
    }
  }
  core.remove_suffix(is_bound(name) ? 3 : 0);
  return people_name(std::string(core));
}

/// The longest duration of each family of columns.
std::map<std::string, Int128> longest_durations(const std::vector<std::string>& names,
                                                const std::vector<std::vector<Cell>>& rows) {
  std::map<std::string, Int128> longest;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (unit_of(names[i]) != Unit::duration) {
      continue;
    }
    Int128& most = longest[family_of(names[i])];
    for (const auto& row : rows) {
      const Int128 value = whole_number(row[i]).value_or(0);
      most = std::max(most, value < 0 ? -value : value);
    }
  }
  return longest;
}

bool is_among(char c, std::string_view all) {
  return all.find(c) != std::string_view::npos;
}

/// Whether a text is what a machine makes up: hexadecimal digits, perhaps with dashes, perhaps
/// behind a word (`app-9c5a70fe-…`); or a digest in base64.
bool is_made_up(std::string_view text) {
  if (text.size() == kDigestLength && text.back() == '=') {
    return text.find_first_of(" .:") == std::string_view::npos;
  }
  const std::size_t word = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  if (word != std::string_view::npos && word > 0 && text[word] == '-') {
    text.remove_prefix(word + 1);
  }
  const auto digits = std::count_if(text.begin(), text.end(),
                                    [](char c) { return is_among(c, "0123456789abcdef"); });
  const auto dashes = std::count(text.begin(), text.end(), '-');
  return static_cast<std::size_t>(digits) >= kShortestMachineId &&
         static_cast<std::size_t>(digits + dashes) == text.size();
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_among(c, "abcdef"); });
}

std::size_t common_length(std::string_view a, std::string_view b) {
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(differ.first - a.begin());
}

/// The different texts of a column, in order. So those that begin alike stand side by side.
std::vector<std::string_view> different_texts(const Shown& column) {
  std::vector<std::string_view> texts(column.texts.begin(), column.texts.end());
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

}  // namespace

std::vector<Shown> show(const std::vector<std::string>& names,
                        const std::vector<std::vector<Cell>>& rows, bool exact) {
  const std::vector<std::string> titles = exact ? names : names_for_people(names);
  auto longest = longest_durations(names, rows);
  std::vector<Shown> columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Unit unit = exact ? Unit::none : unit_of(names[i]);
    const Scale scale =
        unit == Unit::duration ? scale_of(longest[family_of(names[i])]) : Scale::hours;
    Shown& column = columns.emplace_back();
    column.name = base::printable(titles[i], 1000);
    column.is_bound = is_bound(names[i]);
    column.is_time = unit == Unit::instant;
    column.is_optional = !rows.empty();
    for (const auto& row : rows) {
      column.texts.push_back(people_text(row[i], unit, scale));
      column.is_number = column.is_number || format::is_number(row[i]);
      column.is_optional = column.is_optional && column.texts.back().empty();
    }
  }
  return columns;
}

void shorten_ids(Shown& column) {
  const std::vector<std::string_view> texts = different_texts(column);
  // A short text, such as the word "total", is as short as ids become.
  const bool are_ids = std::all_of(texts.begin(), texts.end(), [](std::string_view text) {
    return text.size() <= kShortestId || is_made_up(text);
  });
  if (!are_ids || std::none_of(texts.begin(), texts.end(), has_letter)) {
    return;
  }
  std::map<std::string, std::string, std::less<>> shortened;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::size_t before = i > 0 ? common_length(texts[i - 1], texts[i]) : 0;
    const std::size_t after = i + 1 < texts.size() ? common_length(texts[i], texts[i + 1]) : 0;
    std::size_t length = std::max({kShortestId, before + 1, after + 1});
    length += length < texts[i].size() && texts[i][length - 1] == '-' ? 1U : 0U;
    shortened.emplace(texts[i], texts[i].substr(0, length));
  }
  std::vector<std::string> shown;
  for (const std::string& text : column.texts) {
    shown.push_back(shortened.find(text)->second);
  }
  column.texts = std::move(shown);
}

void shorten_times(Shown& column) {
  constexpr std::size_t kFraction = 5;  // .123Z
  if (!column.is_time) {
    return;
  }
  for (std::string& text : column.texts) {
    if (text.size() > kFraction && text[text.size() - kFraction] == '.') {
      text.replace(text.size() - kFraction, kFraction, "Z");
    }
  }
}

std::size_t least_width(const Shown& column) {
  constexpr std::size_t kTold = 3;  // the letter that differs, which may be two wide, and …
  std::size_t width = 0;
  const std::vector<std::string_view> texts = different_texts(column);
  for (std::size_t i = 1; i < texts.size(); ++i) {
    const std::size_t alike = common_length(texts[i - 1], texts[i]);
    width = std::max(width, base::width_of(texts[i].substr(0, alike)) + kTold);
  }
  return width;
}

}  // namespace fleetmeter::format
