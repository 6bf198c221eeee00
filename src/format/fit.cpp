#include "format/fit.hpp"

#include <algorithm>

#include "base/text_width.hpp"

namespace fleetmeter::format {

namespace {

constexpr std::size_t kLeastName = 10;  // a name is not cut shorter
constexpr std::size_t kLeastLine = 24;  // what goes on in another line is not narrower

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t width = 0;
  for (const std::string& text : texts) {
    width = std::max(width, base::width_of(text));
  }
  return width;
}

std::size_t total(const Layout& layout) {
  std::size_t sum = layout.columns.empty() ? 0 : (layout.columns.size() - 1) * layout.gap;
  for (const Fitted& one : layout.columns) {
    sum += one.width;
  }
  return sum;
}

std::size_t longest_word(const std::string& name) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find(' ', at), name.size());
    longest = std::max(longest, base::width_of(name.substr(at, end - at)));
    at = end + 1;
  }
  return longest;
}

/// Breaks names where that makes a column narrower, as long as the table is too wide. Begins at the
/// right: what stands at the left says what a row is.
void break_names(const std::vector<Shown>& columns, std::size_t width, std::size_t most_lines,
                 Layout& layout) {
  for (std::size_t i = layout.columns.size(); i-- > 0 && total(layout) > width;) {
    Fitted& one = layout.columns[i];
    const Shown& shown = columns[one.column];
    one.width = std::max(widest(shown.texts), longest_word(shown.name));
    while (base::wrap(shown.name, one.width).size() > most_lines) {
      ++one.width;
    }
    one.head = base::wrap(shown.name, one.width);
  }
}

/// A text that has spaces may go on in another line. So may names that cannot be told apart by
/// their beginnings.
bool may_wrap(const Shown& column) {
  return least_width(column) > kLeastLine ||
         std::any_of(column.texts.begin(), column.texts.end(), [](const std::string& text) {
           return text.size() > kLeastName && text.find(' ') != std::string::npos;
         });
}

/// How narrow a column may become. A long sentence keeps longer lines than a short one.
std::size_t least_width_of(const Shown& column, const Fitted& fitted) {
  if (column.is_number || column.is_time) {
    return fitted.width;
  }
  const std::size_t least =
      fitted.wraps ? std::min(kLeastLine, widest(column.texts) / 2) : least_width(column);
  return std::max({kLeastName, least, widest(fitted.head)});
}

/// Makes the widest texts narrower, one column after another, until the table fits.
void narrow_texts(const std::vector<Shown>& columns, std::size_t width, Layout& layout) {
  std::vector<std::size_t> least(layout.columns.size());
  for (std::size_t i = 0; i < least.size(); ++i) {
    Fitted& one = layout.columns[i];
    const Shown& shown = columns[one.column];
    one.wraps = !shown.is_number && may_wrap(shown);
    least[i] = least_width_of(shown, one);
  }
  while (total(layout) > width) {
    std::size_t most = least.size();
    for (std::size_t i = 0; i < least.size(); ++i) {
      const bool can_be_narrower = layout.columns[i].width > least[i];
      if (can_be_narrower &&
          (most == least.size() || layout.columns[i].width > layout.columns[most].width)) {
        most = i;
      }
    }
    if (most == least.size()) {
      return;
    }
    --layout.columns[most].width;
  }
}

/// What lay_out() may do.
struct Means {
  bool without_empty = false;  ///< leave columns out that hold nothing
  std::size_t most_lines = 2;  ///< of a name
  std::size_t gap = 2;
};

/// Lays the columns out as they are; breaks their names where they need it.
Layout lay_out(const std::vector<Shown>& columns, std::size_t width, const Means& means) {
  Layout layout;
  layout.gap = means.gap;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!means.without_empty || !columns[i].is_optional) {
      const std::string& name = columns[i].name;
      layout.columns.push_back(
          {i, {name}, std::max(widest(columns[i].texts), base::width_of(name)), false});
    }
  }
  if (width > 0) {
    break_names(columns, width, means.most_lines, layout);
  }
  return layout;
}

}  // namespace

std::optional<Layout> fit(std::vector<Shown>& columns, std::size_t width) {
  using Step = void (*)(Shown&);
  constexpr Step kNothing = [](Shown&) {};
  for (const Step step : {kNothing, shorten_ids, shorten_times}) {
    std::for_each(columns.begin(), columns.end(), step);
    Layout layout = lay_out(columns, width, {});
    if (width == 0 || total(layout) <= width) {
      return layout;
    }
  }
  constexpr std::size_t kAsManyAsNeeded = 100;
  constexpr Means kMeans[] = {{true, 2, 2}, {true, kAsManyAsNeeded, 2}, {true, kAsManyAsNeeded, 1}};
  for (const Means& means : kMeans) {
    Layout layout = lay_out(columns, width, means);
    if (total(layout) <= width) {
      return layout;
    }
  }
  for (const Means& means : kMeans) {
    Layout layout = lay_out(columns, width, means);
    narrow_texts(columns, width, layout);
    if (total(layout) <= width) {
      return layout;
    }
  }
  return std::nullopt;
}

}  // namespace fleetmeter::format
