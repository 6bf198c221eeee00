#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "decode/field_table.hpp"
#include "decode/value_reader.hpp"
#include "model/document.hpp"

namespace fleetmeter::decode {

/// Reads the vendor's objects, of every API version and in every spelling, into records.
///
/// Problems are collected by the ValueReader that it reads with. Those that cost only a port, a
/// room or a text are counted apart from those that cost the record.
class ObjectReader {
 public:
  explicit ObjectReader(ValueReader& values);

  /// Call before each record.
  void start();

  void read_process(JsonObject& object, model::ProcessAttributes& attributes,
                    model::ProcessRecord& out);
  /// Whether the object had a processId at all, good or bad.
  [[nodiscard]] bool names_process() const { return names_process_; }
  /// What a process must have, and must not contradict. Call after read_process.
  void check_process(model::ProcessAttributes& out);
  /// The process's counter. Complete after read_process.
  [[nodiscard]] model::Integer counter() const { return egressed_bytes_; }

  /// A process's list of rooms; null when no array stood there.
  [[nodiscard]] std::shared_ptr<const model::RoomList> read_rooms(JsonValue& value,
                                                                  const std::string& name);
  void read_room(JsonObject& object, model::RoomRecord& out);

  /// Reads the members around a list and passes over the list. Of a record that is a document of
  /// its own (`is_record`), only the times are read: the other members are its own.
  void read_envelope(JsonObject& object, bool is_record, model::DocumentHead& out);

 private:
  void read_scope(JsonValue& value, const std::string& name, model::Text& out,
                  model::DocumentHead& head);
  void read_process_field(int field, const std::string& name, JsonValue& value,
                          model::ProcessAttributes& attributes, model::ProcessRecord& out);
  void read_state_field(int field, const std::string& name, JsonValue& value,
                        model::ProcessAttributes& attributes, model::ProcessRecord& out);
  void read_activity_field(int field, const std::string& name, JsonValue& value,
                           model::ProcessRecord& out);
  std::optional<model::PortRecord> read_port(JsonValue& value, const std::string& name);
  std::optional<model::AllocationRecord> read_allocation(JsonValue& value, const std::string& name);
  void read_process_id(JsonValue& value, const std::string& name);
  void read_egressed_bytes(JsonValue& value, const std::string& name);
  void read_free_text(JsonValue& value, const std::string& name, std::size_t longest,
                      model::Text& out);
  /// Calls `read_one(element, index)` for each element of an array. Whether an array stood there.
  template <class ReadOne>
  bool read_each(JsonValue& value, const std::string& name, ReadOne&& read_one);
  template <class ReadInside>
  bool read_apart(JsonValue& value, const std::string& name, ReadInside&& read_inside);

  ValueReader& in_;
  FieldTable process_table_;
  FieldTable port_table_;
  FieldTable room_table_;
  FieldTable allocation_table_;
  FieldTable envelope_table_;
  model::Text process_id_;
  bool names_process_ = false;
  bool bad_process_id_ = false;  ///< a problem of its own says why
  model::Instant created_at_ms_;
  model::Integer egressed_bytes_;
  std::string_view created_at_token_;
};

}  // namespace fleetmeter::decode
