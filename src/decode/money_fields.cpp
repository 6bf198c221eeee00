#include "decode/money_fields.hpp"

#include <algorithm>
#include <limits>

#include "base/time_text.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

bool is_scalar(const JsonTree& value) {
  return value.kind == JsonTree::Kind::text || value.kind == JsonTree::Kind::number;
}

}  // namespace

std::optional<std::int64_t> whole(const Decimal& value) {
  const Int128 one = power_of_ten(value.scale());
  const Int128 number = value.digits() / one;
  const bool fits = value.digits() % one == 0 &&
                    number >= std::numeric_limits<std::int64_t>::min() &&
                    number <= std::numeric_limits<std::int64_t>::max();
  return fits ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
}

MoneyFields::MoneyFields(const JsonTree& object, std::string pointer,
                         std::vector<Problem>& problems)
    : object_(object), pointer_(std::move(pointer)), problems_(problems), before_(problems.size()) {
  if (object.kind != JsonTree::Kind::object) {
    note("", "not an object");
  }
}

MoneyFields::Found MoneyFields::find(Names names) {
  Found found{*names.begin(), nullptr};
  for (const std::string_view name : names) {
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
      asked_.emplace_back(name);
    }
    if (found.value == nullptr) {
      if (const JsonTree* value = member(name)) {
        found = {name, value};
      }
    }
  }
  return found;
}

/// The columns of a table may be called in any case, and with spaces.
const JsonTree* MoneyFields::member(std::string_view name) const {
  if (!is_row()) {
    return object_.find(name);
  }
  for (const auto& [column, value] : object_.members) {
    if (is_same_column(column, name)) {
      return value.kind == JsonTree::Kind::null ? nullptr : &value;
    }
  }
  return nullptr;
}

std::string MoneyFields::place_of(std::string_view name) const {
  if (is_row()) {
    return object_.text + (name.empty() ? "" : ", " + std::string(name));
  }
  return name.empty() ? pointer_ : pointer_ + '/' + std::string(name);
}

void MoneyFields::note(std::string_view name, const std::string& reason) {
  problems_.push_back({place_of(name), reason});
}

const JsonTree* MoneyFields::child(Names names) {
  return find(names).value;
}

std::optional<std::string> MoneyFields::text(Names names, std::size_t longest) {
  const Found found = find(names);
  if (found.value == nullptr) {
    return std::nullopt;
  }
  if (!is_scalar(*found.value)) {
    note(found.name, "not a text");
    return std::nullopt;
  }
  check_text(found.name, found.value->text, longest);
  return found.value->text;
}

void MoneyFields::check_text(std::string_view name, const std::string& text, std::size_t longest) {
  if (text.size() > longest) {
    note(name, "is " + std::to_string(text.size()) + " bytes long; at most " +
                   std::to_string(longest) + " are allowed");
  } else if (printable(text, std::string::npos) != text) {
    note(name, "holds a control character, or is not UTF-8 (" + printable(text, 60) + ")");
  }
}

std::optional<std::string> MoneyFields::deployment_id(Names names) {
  const Found found = find(names);
  if (found.value != nullptr && found.value->kind == JsonTree::Kind::number) {
    const auto number = integer(names);
    return number ? std::optional(std::to_string(*number)) : std::nullopt;
  }
  std::optional<std::string> id = text(names);
  if (id && is_row() && id->find_first_of(".eE") != std::string::npos) {
    const auto number = Decimal::parse(*id);
    const auto integral = number ? whole(*number) : std::nullopt;
    return integral ? std::to_string(*integral) : id;
  }
  return id;
}

std::string MoneyFields::required_text(Names names) {
  const std::size_t noted = problems_.size();
  const std::optional<std::string> value = text(names);
  if (problems_.size() == noted && (!value || value->empty())) {
    note(*names.begin(), "is missing");
  }
  return value.value_or("");
}

std::optional<Decimal> MoneyFields::decimal(Names names) {
  const Found found = find(names);
  if (found.value == nullptr) {
    return std::nullopt;
  }
  std::string problem = "not a number of at most 36 digits";
  const std::optional<Decimal> value = !is_scalar(*found.value) ? std::nullopt
                                       : is_row() ? plain_number(found.value->text, problem)
                                                  : Decimal::parse(found.value->text);
  if (!value) {
    note(found.name, problem + " (" + printable(found.value->text, 60) + ")");
  } else if (is_row() && currency_ && is_in_other_currency(found.value->text, *currency_)) {
    note(found.name, "is in another currency than " + *currency_ + " (" +
                         printable(found.value->text, 60) +
                         "); a column currency says which it is");
  }
  return value;
}

std::optional<std::int64_t> MoneyFields::integer(Names names) {
  const std::optional<Decimal> value = decimal(names);
  if (!value) {
    return std::nullopt;
  }
  const std::optional<std::int64_t> number = whole(*value);
  if (!number) {
    note(find(names).name, "not a whole number (" + to_text(*value) + ")");
  }
  return number;
}

model::Instant MoneyFields::instant(Names names) {
  const Found found = find(names);
  if (found.value == nullptr) {
    return std::nullopt;
  }
  if (const auto date = base::parse_date(found.value->text)) {
    return base::days_from_civil(*date) * kDay_ms;
  }
  const base::ParsedTime time = base::parse_rfc3339(found.value->text);
  if (!time.ms) {
    note(found.name, std::string(time.problem) + " (" + printable(found.value->text, 60) + ")");
  }
  return time.ms;
}

void MoneyFields::note_unknown(std::string_view name, const std::string& text,
                               const std::vector<std::string>& known) {
  std::string list;
  for (const std::string& one : known) {
    list += (list.empty() ? "" : ", ") + one;
  }
  note(name,
       "unknown (" + printable(text, 60) + ")" + did_you_mean(text, known) + "; there are " + list);
}

void MoneyFields::refuse_others() {
  for (const auto& [name, value] : object_.members) {
    const auto is_it = [&, &column = name](const std::string& asked) {
      return is_row() ? is_same_column(asked, column) : asked == column;
    };
    if (std::none_of(asked_.begin(), asked_.end(), is_it)) {
      note(name, "no such field" + did_you_mean(name, asked_));
    }
  }
}

}  // namespace fleetmeter::decode
