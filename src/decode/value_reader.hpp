#pragma once

#include <simdjson.h>

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/said_time.hpp"
#include "decode/carried.hpp"
#include "decode/field_table.hpp"
#include "decode/mended_text.hpp"
#include "model/document.hpp"

namespace fleetmeter::decode {

using JsonValue = simdjson::ondemand::value;
using JsonObject = simdjson::ondemand::object;
using JsonType = simdjson::ondemand::json_type;

/// How long texts may be, in bytes unless said otherwise.
inline constexpr std::size_t kLongestId = 200;
inline constexpr std::size_t kLongestRegion = 64;
inline constexpr std::size_t kLongestLabel = 1000;
inline constexpr std::size_t kLongestRoomConfig = 10'000;  // characters

/// So many problems of one record are told one by one. Of the others only the number is told.
inline constexpr std::size_t kMostProblems = 32;

/// Reads typed values out of one record and collects everything that is wrong with it.
///
/// A value that breaks a rule becomes a problem, and reading goes on. Broken syntax stops it; then
/// broken() is true, and nothing that was read may be used.
class ValueReader {
 public:
  struct Problem {
    std::string pointer;
    std::uint64_t offset = 0;
    std::string reason;
  };

  ValueReader() = default;
  ValueReader(const ValueReader&) = delete;  // it gives away views of its own text
  ValueReader& operator=(const ValueReader&) = delete;

  /// Starts on a record: its bytes, their offset in the source, and where texts are kept.
  void start(std::string_view bytes, std::uint64_t offset, std::string pointer,
             model::TextArena& texts);
  /// The record was mended at these places: a text that holds one of them is refused.
  void expect_faults(const std::vector<MendedText::Fault>& faults) { faults_ = &faults; }

  void read(JsonValue& value, const std::string& name, std::size_t longest, model::Text& out);
  void read_room_config(JsonValue& value, const std::string& name, model::Text& out);
  void read_deployment_id(JsonValue& value, const std::string& name, model::Text& out);
  void read(JsonValue& value, const std::string& name, model::Integer& out);
  /// Some times mean that there is none, 0001-01-01 for one. They read as absent and
  /// are counted in placeholder_times().
  void read_time(JsonValue& value, const std::string& name, model::Instant& out);
  /// The time at which a document was true: never a placeholder.
  void read_observed_at(JsonValue& value, const std::string& name, model::Instant& out);
  /// As RFC 3339 or as a unix time; never a problem.
  void read_own_time(JsonValue& value, int place, OwnTime& out);
  void read(JsonValue& value, const std::string& name, model::LooseNumber& out);
  void read(JsonValue& value, const std::string& name, std::optional<bool>& out);

  /// Whether an object stands here. Null and "" (which code generators write) count as absent.
  [[nodiscard]] bool read_object(JsonValue& value, const std::string& name, JsonObject& out);
  [[nodiscard]] bool read_array(JsonValue& value, const std::string& name,
                                simdjson::ondemand::array& out);

  /// Calls `on_field(field, name, value)` for every member the table knows, walks over the others
  /// (checking their syntax and keeping their names), and reports a name that comes twice.
  template <class OnField>
  void walk(JsonObject& object, FieldTable& table, OnField&& on_field);

  /// The problems that were met since there were `before` of them cost only what they stand in (a
  /// port, a room or a text), and not the record.
  void confine(std::size_t before) { confined_ += problem_count_ - before; }
  /// Whether some problem costs the record.
  [[nodiscard]] bool has_fatal_problems() const { return problem_count_ > confined_; }

  void problem(std::string_view at, const std::string& name, const std::string& reason);
  void break_at(std::string_view at, const std::string& what);
  /// Says where the parser stopped, for a breakage that could not say its place.
  void locate_breakage(const char* at);
  [[nodiscard]] bool check(simdjson::error_code error, std::string_view at);

  void enter(const std::string& name) { path_ += '/' + name; }
  void leave(std::size_t path_size) { path_.resize(path_size); }
  [[nodiscard]] std::size_t path_size() const { return path_.size(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// The bytes that are read: the record's own, or those that it was mended to.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] const Problem& breakage() const { return breakage_; }
  /// The first kMostProblems of the problems, and how many there are in all.
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
  [[nodiscard]] std::size_t problem_count() const { return problem_count_; }
  [[nodiscard]] std::int64_t placeholder_times() const { return placeholder_times_; }
  [[nodiscard]] bool has_unknown(std::string_view name) const;
  [[nodiscard]] bool saw_members() const { return saw_members_; }
  /// Whether `test(name)` holds for a member that no table knows.
  template <class Test>
  [[nodiscard]] bool any_unknown(Test&& test) const {
    return std::any_of(unknown_.begin(), unknown_.end(),
                       [&](const Unknown& one) { return test(one.name); });
  }
  [[nodiscard]] std::string_view keep(std::string_view text) { return texts_->keep(text); }

  /// While it lives, texts are kept elsewhere.
  class KeepingIn {
   public:
    KeepingIn(ValueReader& reader, model::TextArena& texts)
        : reader_(reader), before_(std::exchange(reader.texts_, &texts)) {}
    ~KeepingIn() { reader_.texts_ = before_; }
    KeepingIn(const KeepingIn&) = delete;
    KeepingIn& operator=(const KeepingIn&) = delete;

   private:
    ValueReader& reader_;
    model::TextArena* before_;
  };

 private:
  /// Forgets the unknown names of an inner object when its walk ends.
  class Nested {
   public:
    explicit Nested(ValueReader& reader) : reader_(reader), known_(reader.unknown_.size()) {
      ++reader_.depth_;
    }
    ~Nested() {
      reader_.refuse_repeated_names(known_);
      if (--reader_.depth_ > 0) {
        reader_.unknown_.resize(known_);
      }
    }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    ValueReader& reader_;
    std::size_t known_;
  };

  [[nodiscard]] std::optional<std::string_view> read_text(JsonValue& value, const std::string& name,
                                                          std::string_view token);
  [[nodiscard]] std::optional<std::string_view> number_token(JsonValue& value,
                                                             const std::string& name,
                                                             std::string_view& token);
  [[nodiscard]] std::optional<std::string_view> unwrapped(JsonValue& value, const char* member);
  [[nodiscard]] bool refuse_fault(std::string_view token, const std::string& name);
  void note_time(const base::SaidTime& said, std::string_view token, const std::string& name,
                 std::string_view text, model::Instant& out);
  void walk_over(JsonValue& value);
  void refuse_name(const char* key);
  void refuse_repeated_names(std::size_t known_before);
  void expected(std::string_view token, const std::string& name, const char* what);
  [[nodiscard]] std::uint64_t offset_of(std::string_view at) const;

  std::string_view bytes_;
  std::uint64_t offset_ = 0;
  std::string path_;
  model::TextArena* texts_ = nullptr;
  std::vector<Problem> problems_;
  std::size_t problem_count_ = 0;
  std::size_t confined_ = 0;  ///< how many of them cost only a room, a port or a text
  std::int64_t placeholder_times_ = 0;
  const std::vector<MendedText::Fault>* faults_ = nullptr;  ///< null for none
  std::string unwrapped_;
  bool broken_ = false;
  bool saw_members_ = false;
  Problem breakage_;
  int depth_ = 0;
  /// A member that no table knows. The name lives as long as the JSON library's text buffer: until
  /// the next record.
  struct Unknown {
    std::string_view name;
    std::string_view at;
  };
  std::vector<Unknown> unknown_;  ///< of the objects being walked, innermost last
};

/// The token that a value begins with, and the white space up to the next token.
[[nodiscard]] std::string_view token_of(JsonValue& value);
/// A token without the white space behind it.
[[nodiscard]] std::string_view trimmed(std::string_view token);

template <class OnField>
void ValueReader::walk(JsonObject& object, FieldTable& table, OnField&& on_field) {
  std::bitset<FieldTable::kMostFields> seen;
  std::size_t position = 0;
  const Nested nested(*this);
  for (auto member : object) {
    simdjson::ondemand::field field;
    simdjson::ondemand::raw_json_string key;
    if (!check(std::move(member).get(field), {})) {
      return;
    }
    key = field.key();
    const std::string_view at(key.raw(), 1);
    int number = table.expected(position, key.raw());
    std::string_view name;
    if (number == FieldTable::kUnknown) {
      if (field.unescaped_key().get(name) == simdjson::SUCCESS) {
        number = table.find(position, name);
      } else {
        refuse_name(key.raw());
      }
    }
    ++position;
    saw_members_ = true;
    JsonValue value = field.value();
    if (number == FieldTable::kUnknown) {
      if (!name.empty() && !refuse_fault({key.raw(), name.size()}, "")) {
        unknown_.push_back({name, at});
      }
      walk_over(value);
    } else {
      if (seen[static_cast<std::size_t>(number)]) {
        problem(at, table.name(number), "the name comes twice in one object");
      }
      seen.set(static_cast<std::size_t>(number));
      on_field(number, table.name(number), value);
    }
    if (broken_) {
      return;
    }
  }
}

}  // namespace fleetmeter::decode
