#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/uuid.hpp"

namespace fleetmeter::base {

/// A text in two: its form, which it shares with others, and the parts in which it differs from
/// them. Programs write texts by the thousand, and most of each is the same in all.
struct TextForm {
  static constexpr std::size_t kMostParts = 4;

  /// What stands at one place: an integer in its usual spelling, a UUID, or any other text.
  using Part = std::variant<std::int64_t, UuidBytes, std::string_view>;

  /// For SQL's format(): `%s` where a part stands, and `%%` for a percent sign.
  std::string form;
  std::vector<Part> parts;  ///< in their order, one for each `%s`; views of the text
};

/// Takes a text apart so that format(form, parts…) is exactly the text again. What is likely to be
/// another one in the next text is a part: a word with a digit in it, or a long one, unless it is
/// the name of a member of JSON. When there are more of these, the last part is all of the rest.
/// Absent when the text has no part, or holds a NUL, which format() would end at.
[[nodiscard]] std::optional<TextForm> form_of(std::string_view text);

}  // namespace fleetmeter::base
