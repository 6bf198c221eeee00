#include "store/room_configs.hpp"

#include <array>

#include "base/text_form.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::int64_t kRecalled = 64;  // of the store's, when writing begins
constexpr std::size_t kMostKept = 1024;
constexpr std::size_t kMostBytesKept = 256 * 1024;
// Texts that have no form in common would each leave one: from here on, what has none stays whole.
constexpr std::int64_t kMostForms = 1024;
constexpr std::size_t kLongestForm = 1024;

sql::ValueView view_of(const base::TextForm::Part& part) {
  if (const auto* uuid = std::get_if<base::UuidBytes>(&part)) {
    return sql::Blob{{uuid->data(), uuid->size()}};
  }
  if (const auto* number = std::get_if<std::int64_t>(&part)) {
    return *number;
  }
  return std::get<std::string_view>(part);
}

}  // namespace

RoomConfigs::RoomConfigs(SQLite::Database& db, ControlSums& sums)
    : keys_(db),
      list_late_(db),
      add_(db, sums.of("room_config")),
      last_form_(db),
      find_form_(db),
      add_form_(db),
      form_sum_(sums.of("room_config_form")) {}

normalise::OptionalKey RoomConfigs::key_of(const std::optional<std::string>& text) {
  if (!text) {
    return std::nullopt;
  }
  if (!is_recalled_) {
    recall();
  }
  if (const auto found = known_.find(*text); found != known_.end()) {
    return found->second;
  }
  const normalise::Key key = keys_.next();
  add(key, *text);
  keep(*text, key);
  return key;
}

void RoomConfigs::add(normalise::Key key, std::string_view text) {
  std::array<sql::ValueView, base::TextForm::kMostParts> parts{text, nullptr, nullptr, nullptr};
  const std::optional<base::TextForm> split = base::form_of(text);
  const normalise::OptionalKey form_key = split ? form_key_of(split->form) : std::nullopt;
  for (std::size_t i = 0; form_key && i < split->parts.size(); ++i) {
    parts.at(i) = view_of(split->parts[i]);
  }
  add_.add({.room_config_key = key,
            .form_key = form_key,
            .part_1 = parts[0],
            .part_2 = parts[1],
            .part_3 = parts[2],
            .part_4 = parts[3]});
}

/// The key of a form; none when it is new and there are too many.
normalise::OptionalKey RoomConfigs::form_key_of(const std::string& form) {
  if (const auto known = forms_.find(form); known != forms_.end()) {
    return known->second;
  }
  if (form.size() > kLongestForm) {
    return std::nullopt;
  }
  normalise::OptionalKey key;
  if (const auto row = find_form_.first({.form = form})) {
    key = row->form_key;
  } else if (const std::int64_t last = last_form_.first().value().form_key; last < kMostForms) {
    key = last + 1;
    form_sum_.run(add_form_, {.form_key = *key, .form = form});
  }
  if (key) {
    forms_.emplace(form, *key);
  }
  return key;
}

/// Takes into memory what was written last, so that a run that stores one poll finds it again.
void RoomConfigs::recall() {
  for (const auto& row : list_late_.rows({.most = kRecalled})) {
    keep(row.room_config, row.room_config_key);
  }
  is_recalled_ = true;
}

void RoomConfigs::keep(std::string_view text, normalise::Key key) {
  if (known_.size() >= kMostKept || known_bytes_ >= kMostBytesKept) {
    known_.clear();
    known_bytes_ = 0;
  }
  if (known_.emplace(text, key).second) {
    known_bytes_ += text.size();
  }
}

void RoomConfigs::forget() {
  known_.clear();
  known_bytes_ = 0;
  is_recalled_ = false;
  forms_.clear();
  keys_.forget();
}

}  // namespace fleetmeter::store
