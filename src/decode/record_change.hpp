#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "decode/process_fields.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

/// Makes a record out of the one before, when some of its members say something else. What did not
/// change is shared between both.
class RecordChange {
 public:
  explicit RecordChange(const model::ProcessRecord& before) : before_(before) {}

  /// Reads a member that is a number, instant or boolean, and said `before` in the record before.
  /// False when it is no such member or no such value: then the record is not to be used.
  [[nodiscard]] bool read(ProcessField field, std::string_view token, std::string_view before) {
    said_before_ = before;
    return read_attribute(field, token) || read_activity(field, token);
  }

  void list_rooms(std::shared_ptr<const model::RoomList> list) {
    record().room_list = std::move(list);
  }

  /// The new record; null when nothing was read.
  [[nodiscard]] std::shared_ptr<model::ProcessRecord> take() { return std::move(record_); }

 private:
  [[nodiscard]] bool read_attribute(ProcessField field, std::string_view token);
  [[nodiscard]] bool read_activity(ProcessField field, std::string_view token);
  template <class Owner>
  [[nodiscard]] bool read_instant(std::string_view token, model::Instant Owner::*to);
  template <class Owner>
  [[nodiscard]] bool read_integer(std::string_view token, model::Integer Owner::*to);
  template <class Owner>
  [[nodiscard]] bool read_number(std::string_view token, model::LooseNumber Owner::*to);
  [[nodiscard]] bool read_boolean(std::string_view token,
                                  std::optional<bool> model::AttributeValues::*to);
  model::ProcessRecord& record();
  model::ProcessAttributes& attributes();
  /// The part that has members of `Owner`: it is copied when it is read into for the first time.
  template <class Owner>
  auto& part();

  const model::ProcessRecord& before_;
  std::string_view said_before_;
  std::shared_ptr<model::ProcessRecord> record_;
  std::shared_ptr<model::ProcessAttributes> attributes_;
};

}  // namespace fleetmeter::decode
