#include "decode/field_table.hpp"

#include <cctype>
#include <cstring>

#include "base/invariant.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kLongestName = 60;
static_assert(kLongestName + 1 <= SourceBuffer::kPadding,
              "a name and its quote can be compared where the buffer's last byte stands");

std::string snake_case(const std::string& camel) {
  std::string out;
  for (const char c : camel) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      out += '_';
    }
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string pascal_case(std::string camel) {
  camel[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(camel[0])));
  return camel;
}

}  // namespace

FieldTable::FieldTable(std::span<const std::string_view> names)
    : names_(names.begin(), names.end()) {
  base::check(names_.size() <= kMostFields, "the fields of an object are noted in one word");
  for (std::size_t i = 0; i < names_.size(); ++i) {
    for (const std::string& spelling : {names_[i], snake_case(names_[i]), pascal_case(names_[i])}) {
      by_spelling_.emplace(spelling, static_cast<int>(i));
    }
  }
}

int FieldTable::expected(std::size_t position, const char* key) const {
  if (position >= learned_.size()) {
    return kUnknown;
  }
  const auto& [name, field] = learned_[position];
  return !name.empty() && std::memcmp(key, name.data(), name.size()) == 0 ? field : kUnknown;
}

int FieldTable::number_of(std::string_view name) const {
  const auto found = by_spelling_.find(name);
  return found == by_spelling_.end() ? kUnknown : found->second;
}

int FieldTable::find(std::size_t position, std::string_view name) {
  const int field = number_of(name);
  if (field == kUnknown) {
    return kUnknown;
  }
  if (position < kLongestName && name.size() < kLongestName) {
    if (learned_.size() <= position) {
      learned_.resize(position + 1);
    }
    learned_[position] = {std::string(name) + '"', field};
  }
  return field;
}

}  // namespace fleetmeter::decode
