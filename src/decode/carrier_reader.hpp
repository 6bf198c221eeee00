#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "decode/carried.hpp"
#include "decode/field_table.hpp"
#include "decode/value_reader.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

/// What was found out about an object that is no process and no room.
struct CarrierFinding {
  enum class Kind {
    nothing,    ///< it holds no document
    envelope,   ///< it is an envelope: it has a list of processes, or a time and no list
    carrier,    ///< it holds one document
    ambiguous,  ///< it holds several lists
  };
  Kind kind = Kind::nothing;
  Carried carried;
  std::string names;  ///< when it is ambiguous: the members that hold the lists
  /// The id of a process stands in some member that could be a document.
  bool holds_processes = false;
};

/// Looks for documents in the members of an object, as wrappers and log lines carry them.
///
/// Of `{"status": 200, "data": [{"processId": "a"}]}` it finds that the member `data` holds one.
class CarrierReader {
 public:
  explicit CarrierReader(ValueReader& values);

  /// `bytes` are the object's own.
  [[nodiscard]] CarrierFinding read(JsonObject& object, std::string_view bytes);
  /// Whether a member of this name may hold a document.
  [[nodiscard]] bool may_hold(std::string_view name) const;

 private:
  struct Candidate {
    std::string name;
    std::string_view slice;
    std::string text;
    bool is_text = false;
  };

  void look_at(int field, const std::string& name, JsonValue& value, std::string_view bytes);
  void look_at_scope(const std::string& name, JsonValue& value, model::Text& out);
  void look_at_list(const std::string& name, JsonValue& value, std::string_view bytes);
  void look_at_text(const std::string& name, JsonValue& value, std::string_view bytes);
  [[nodiscard]] bool keep_lists_of_processes();
  [[nodiscard]] CarrierFinding finding(std::string_view bytes);

  ValueReader& in_;
  FieldTable table_;
  std::vector<Candidate> candidates_;
  model::Instant observed_at_ms_;
  OwnTime own_time_;
  OwnTime words_time_;                 ///< said by the words before the document, in a text
  bool list_holds_processes_ = false;  ///< the id of a process stands in the member `processes`
  std::optional<bool> capped_;
  model::Text list_kind_;
  model::Text list_app_;
  model::Text list_region_;
  bool scope_unread_ = false;  ///< what it was asked for is no text
  bool has_observed_at_ = false;
  bool has_list_ = false;       ///< there is a member `processes`, and it is a list
  bool has_null_list_ = false;  ///< there is one, and it is null
  bool tells_an_error_ = false;
};

}  // namespace fleetmeter::decode
