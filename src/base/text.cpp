#include "base/text.hpp"

#include <algorithm>
#include <numeric>

namespace fleetmeter::base {

std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
  const bool too_large = lead == 0xF4 && byte(1) >= 0x90;
  return overlong || surrogate || too_large ? 0 : length;
}

namespace {

/// The code point of a valid sequence.
unsigned point_of(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence.front());
  unsigned point = sequence.size() == 1 ? lead : lead & (0xFFU >> (sequence.size() + 1));
  for (const char next : sequence.substr(1)) {
    point = point << 6U | (static_cast<unsigned char>(next) & 0x3FU);
  }
  return point;
}

/// Whether a code point does something to a terminal, has no shape, or turns the order of what
/// stands around it: two texts that are not the same would look so.
bool is_hidden(unsigned point) {
  return point < 0x20 || (0x7F <= point && point < 0xA0) || point == 0x61C ||
         (0x200B <= point && point <= 0x200F) || (0x2028 <= point && point <= 0x202E) ||
         (0x2060 <= point && point <= 0x206F) || point == 0xFEFF;
}

/// A code point below 2^16 as JSON writes it.
std::string escaped(unsigned point) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text = "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) {
    text += kHex[(point >> (shift - 4)) & 15U];
  }
  return text;
}

/// Edits (insert, delete, replace, swap of neighbours) that make `a` of `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::vector<std::size_t> next(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = row[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        next[j] = std::min(next[j], before[j - 2] + 1);
      }
    }
    before.swap(row);
    row.swap(next);
  }
  return row[b.size()];
}

}  // namespace

}  // namespace fleetmeter::base

namespace fleetmeter {

std::string printable(std::string_view text, std::size_t limit) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = base::sequence_length(text);
    std::string shown(text.substr(0, length));
    if (length == 0) {
      shown = "\xEF\xBF\xBD";
    } else if (const unsigned point = base::point_of(shown); base::is_hidden(point)) {
      shown = base::escaped(point);
    }
    if (out.size() + shown.size() > limit) {
      return out + "…";
    }
    out += shown;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates) {
  if (typed.empty() || typed.size() > 64) {
    return "";
  }
  std::size_t best = typed.size() < 4 ? 1 : std::max<std::size_t>(2, typed.size() / 3);
  std::vector<std::string> nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = base::edit_distance(typed, candidate);
    if (distance < best) {
      nearest.clear();
    }
    if (distance <= best) {
      best = distance;
      nearest.push_back(candidate);
    }
  }
  if (nearest.empty()) {
    return "";
  }
  std::string text = " — did you mean " + nearest.front();
  for (std::size_t i = 1; i < std::min<std::size_t>(nearest.size(), 3); ++i) {
    text += " or " + nearest[i];
  }
  return text + '?';
}

std::string shell_word(const std::string& text) {
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::string_view("-_.:/@%+=,").find(c) != std::string_view::npos ||
           (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  const std::string ahead = !text.empty() && text.front() == '-' ? "-- " : "";
  if (is_plain) {
    return ahead + text;
  }
  std::string quoted = ahead + '\'';
  for (const char c : text) {
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return quoted + '\'';
}

}  // namespace fleetmeter

namespace fleetmeter::base {

void append_utf8(unsigned point, std::string& out) {
  if (point < 0x80) {
    out += static_cast<char>(point);
    return;
  }
  const unsigned more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  const unsigned lead = more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U;
  out += static_cast<char>(lead | point >> 6U * more);
  for (unsigned i = more; i-- > 0;) {
    out += static_cast<char>(0x80U | (point >> 6U * i & 0x3FU));
  }
}

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return at;
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace fleetmeter::base
