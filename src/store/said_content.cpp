#include "store/said_content.hpp"

#include <cstring>
#include <string_view>
#include <variant>

#include "base/sha256.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

/// Puts values into a text from which they could be read again.
class Content {
 public:
  explicit Content(Reader& reader) : reader_(reader) {}

  void put(std::int64_t value) { text_ += 'i' + std::to_string(value) + ';'; }
  void put(std::string_view text) {
    text_ += 't' + std::to_string(text.size()) + ':';
    text_ += text;
  }
  void put(std::nullptr_t /*null*/) { text_ += '-'; }
  void put(double value) {
    std::int64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    text_ += 'r' + std::to_string(bits) + ';';
  }
  void put(const sql::BlobBytes& blob) {
    text_ += 'b';
    put(std::string_view(base::to_hex(blob.bytes)));
  }
  void put(const sql::Value& value) {
    std::visit([&](const auto& held) { put(held); }, value);
  }
  template <class Value>
  void put(const std::optional<Value>& value) {
    value ? put(*value) : put(nullptr);
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  /// An empty label is one, and none is none.
  void put_label(const std::optional<std::int64_t>& label_key) {
    label_key ? put(std::string_view(reader_.label(label_key))) : put(nullptr);
  }

  [[nodiscard]] std::string& text() { return text_; }

 private:
  Reader& reader_;
  std::string text_;
};

/// Gives the number of the set of ports.
std::int64_t put_attributes(SQLite::Database& db, const SaidNumbers& said, Content& content) {
  Query<ingest::LoadProcessAttributes> attributes(db);
  for (const auto& row : attributes.rows({.process_key = said.process_key, .unsaved_at_ms = 0})) {
    if (row.attribute_no != said.attribute_no) {
      continue;
    }
    for (const auto& label_key :
         {row.app_key, row.deployment_key, row.region_key, row.status_key, row.host_key,
          row.hosting_key, row.fleet_key, row.summary_exit_reason_key}) {
      content.put_label(label_key);
    }
    for (const auto& number :
         {row.draining, row.starting_at_ms, row.scheduled_at_ms, row.booted_at_ms,
          row.started_at_ms, row.stopping_at_ms, row.terminated_at_ms, row.rooms_per_process}) {
      content.put(number);
    }
    content.put(row.legacy_port);
    return row.port_set_no;
  }
  throw damaged("process_attribute: a row is missing");
}

void put_ports(SQLite::Database& db, std::int64_t process_key, std::int64_t port_set_no,
               Content& content) {
  Query<ingest::LoadPorts> ports(db);
  for (const auto& row : ports.rows({.process_key = process_key})) {
    if (row.port_set_no == port_set_no) {
      content.put(row.position);
      content.put_label(row.name_key);
      content.put_label(row.transport_type_key);
      content.put_label(row.host_key);
      content.put(row.port);
    }
  }
}

void put_rooms(SQLite::Database& db, std::int64_t process_key, std::int64_t room_set_no,
               Content& content) {
  Query<ask::ListListedRooms> rooms(db);
  for (const auto& row : rooms.rows({.process_key = process_key, .room_set_no = room_set_no})) {
    content.put(row.room_id);
    content.put_label(row.app_key);
    content.put_label(row.status_key);
    content.put(row.room_config);
    content.put(row.room_allocation_id);
    content.put(row.allocated_process_id);
    content.put(row.scheduled_at_ms);
    content.put(row.unscheduled_at_ms);
  }
}

void put_activity(SQLite::Database& db, const SaidNumbers& said, Content& content) {
  const auto row = Query<ingest::LoadProcessActivity>(db).first(
      {.process_key = said.process_key, .activity_no = said.activity_no});
  if (!row) {
    throw damaged("process_activity: a row is missing");
  }
  for (const auto& number :
       {row->rooms_allocated, row->rooms_allocated_updated_at_ms,
        row->active_connections_updated_at_ms, row->room_slots_available_updated_at_ms,
        row->idle_since_ms, row->total_rooms}) {
    content.put(number);
  }
  content.put(row->active_connections);
  content.put(row->room_slots_available);
  content.put(std::int64_t{row->room_set_no.has_value()});
  put_rooms(db, said.process_key, row->room_set_no.value_or(0), content);
}

}  // namespace

std::string said_content(const Part& part, const SaidNumbers& said) {
  return with_part(part, [&](Reader& reader) {
    Content content(reader);
    content.put(said.egressed_bytes);
    const std::int64_t port_set_no = put_attributes(*part.db, said, content);
    put_ports(*part.db, said.process_key, port_set_no, content);
    put_activity(*part.db, said, content);
    return std::move(content.text());
  });
}

}  // namespace fleetmeter::store
