#include "format/fit.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fleetmeter::format {

namespace {

constexpr std::size_t kLeastText = 12;  // a text is not cut shorter

std::size_t total(const std::vector<Fitted>& columns) {
  std::size_t sum = columns.empty() ? 0 : (columns.size() - 1) * kBetween;
  for (const Fitted& one : columns) {
    sum += one.width;
  }
  return sum;
}

/// The parts of a name, which can stand below one another.
std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('_', at), name.size() - 1) + 1;
    parts.push_back(name.substr(at, end - at));
    at = end;
  }
  return parts;
}

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t width = 0;
  for (const std::string& text : texts) {
    width = std::max(width, base::width_of(text));
  }
  return width;
}

/// The parts again, as many on a line as fit.
std::vector<std::string> lines_of(const std::vector<std::string>& parts, std::size_t width) {
  std::vector<std::string> lines;
  for (const std::string& part : parts) {
    if (!lines.empty() && base::width_of(lines.back()) + base::width_of(part) <= width) {
      lines.back() += part;
    } else {
      lines.push_back(part);
    }
  }
  return lines;
}

/// Breaks names where that makes a column narrower, as long as the table is too wide.
void break_names(const std::vector<Column>& columns, std::size_t width,
                 std::vector<Fitted>& fitted) {
  for (std::size_t i = columns.size(); i-- > 0 && total(fitted) > width;) {
    const std::vector<std::string> parts = parts_of(columns[i].name);
    fitted[i].width = std::max(columns[i].width, widest(parts));
    fitted[i].head = lines_of(parts, fitted[i].width);
  }
}

/// Cuts the widest texts to one width; none when that would not do.
void cut_texts(const std::vector<Column>& columns, std::size_t width, std::vector<Fitted>& fitted) {
  std::vector<Fitted> cut = fitted;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    cut[i].width =
        columns[i].is_text ? std::min(cut[i].width, std::max(kLeastText, width)) : cut[i].width;
  }
  while (total(cut) > width) {
    Fitted* most = nullptr;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const bool can_be_cut =
          columns[i].is_text && cut[i].width > std::max(kLeastText, widest(cut[i].head));
      most = can_be_cut && (most == nullptr || cut[i].width > most->width) ? &cut[i] : most;
    }
    if (most == nullptr) {
      return;
    }
    most->width -= 1;
  }
  fitted = std::move(cut);
}

}  // namespace

std::vector<Fitted> fit(const std::vector<Column>& columns, std::size_t width) {
  std::vector<Fitted> fitted;
  for (const Column& one : columns) {
    fitted.push_back({{one.name}, std::max(one.width, base::width_of(one.name))});
  }
  if (width > 0) {
    break_names(columns, width, fitted);
    cut_texts(columns, width, fitted);
  }
  return fitted;
}

}  // namespace fleetmeter::format
