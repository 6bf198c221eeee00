#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/json_tree.hpp"
#include "fleetmeter/decimal.hpp"
#include "model/policy_names.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

/// Something wrong in a document about money: where, and what.
struct Problem {
  std::string place;  ///< a JSON pointer, or the line of a CSV row
  std::string reason;
};

/// Reads the members of one object, or the cells of one row, by their names. Everything that is
/// wrong is noted, and reads as absent.
class MoneyFields {
 public:
  static constexpr std::size_t kLongestId = 200;     // bytes
  static constexpr std::size_t kLongestText = 1000;  // of what only people read

  /// `object` and `problems` must outlive it. `pointer` is where the object stands.
  MoneyFields(const JsonTree& object, std::string pointer, std::vector<Problem>& problems);

  // Each of these takes the names that a field goes by, the vendor's and ours. The first name that
  // is there counts.
  using Names = std::initializer_list<std::string_view>;

  /// A text follows the rules of all texts: valid UTF-8, no control characters, not too long.
  [[nodiscard]] std::optional<std::string> text(Names names, std::size_t longest = kLongestId);
  [[nodiscard]] std::string required_text(Names names);
  /// `1`, `1.0` and `"1"` are one deployment; a table, which knows no types, may write `1.0` too.
  [[nodiscard]] std::optional<std::string> deployment_id(Names names);
  /// A number, or a text that is one. In a table also as spreadsheets show them: see plain_number.
  [[nodiscard]] std::optional<Decimal> decimal(Names names);
  /// Whole: 3 and 3.0 are, 3.5 is not.
  [[nodiscard]] std::optional<std::int64_t> integer(Names names);
  /// RFC 3339, or a date: its midnight in UTC.
  [[nodiscard]] model::Instant instant(Names names);
  [[nodiscard]] const JsonTree* child(Names names);
  /// One of a few names; `otherwise` when it is not there, or not one of them.
  template <class Value>
  [[nodiscard]] Value choice(Names names, const model::Names<Value>& known, Value otherwise);

  /// From now on numbers that are written in another currency are noted.
  void expect_currency(const std::string& currency) { currency_ = currency; }

  /// Notes every member that was not asked for, with the nearest name: for formats that are ours.
  void refuse_others();

  /// Notes a problem with one field, or with the object when `name` is empty.
  void note(std::string_view name, const std::string& reason);
  [[nodiscard]] std::string place_of(std::string_view name) const;
  [[nodiscard]] bool clean() const { return problems_.size() == before_; }

 private:
  struct Found {
    std::string_view name;
    const JsonTree* value = nullptr;
  };
  Found find(Names names);
  [[nodiscard]] bool is_row() const { return !object_.text.empty(); }  ///< of a CSV
  [[nodiscard]] const JsonTree* member(std::string_view name) const;
  void check_text(std::string_view name, const std::string& text, std::size_t longest);
  void note_unknown(std::string_view name, const std::string& text,
                    const std::vector<std::string>& known);

  const JsonTree& object_;
  std::string pointer_;
  std::vector<Problem>& problems_;
  std::size_t before_;
  std::vector<std::string> asked_;
  std::optional<std::string> currency_;
};

template <class Value>
Value MoneyFields::choice(Names names, const model::Names<Value>& known, Value otherwise) {
  const std::optional<std::string> said = text(names);
  if (!said) {
    return otherwise;
  }
  std::vector<std::string> list;
  for (const auto& [value, name] : known) {
    if (*said == name) {
      return value;
    }
    list.emplace_back(name);
  }
  note_unknown(find(names).name, *said, list);
  return otherwise;
}

/// A number as spreadsheets show it, as it is written elsewhere: `$1,234.50`, `1.234,50`, `(0.50)`,
/// `1 234`. Absent when it is none. `1,234` may be either of two numbers: `problem` says so then.
[[nodiscard]] std::optional<Decimal> plain_number(std::string_view text, std::string& problem);

/// The currency whose symbol or code stands beside a number; "" when none does, or one that several
/// have: `$`.
[[nodiscard]] std::string currency_of(std::string_view text);
/// Whether a number is written in another currency. `$` may be USD as well as CAD.
[[nodiscard]] bool is_in_other_currency(std::string_view text, std::string_view currency);

/// The integer that a decimal is; absent when it has a fraction or is too large.
[[nodiscard]] std::optional<std::int64_t> whole(const Decimal& value);

}  // namespace fleetmeter::decode
