#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/record.hpp"
#include "store/part.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// What a store holds, as the records that it came from: the reverse of what ObservationWriter and
/// RoomWriter do.
class StoredRecords {
 public:
  explicit StoredRecords(const Part& part);

  /// A room that a process lists, and which of the things said of it that list says.
  struct Listed {
    std::int64_t room_key = 0;
    std::int64_t room_fact_no = 0;
  };
  using Rooms = std::vector<Listed>;

  /// What an observation said, apart from its counter. Where a process is told of again and again,
  /// the parts that stay the same are shared, as they are in what is decoded.
  [[nodiscard]] std::shared_ptr<const model::ProcessRecord> process(
      const ask::ListStoredObservations::Out& said);

  /// The rooms in what process() gave last.
  [[nodiscard]] const std::shared_ptr<const Rooms>& listed() const { return listed_; }

  /// What a document about rooms said of one; its texts go into the arena.
  [[nodiscard]] model::RoomRecord room(const ask::ListStoredRooms::Out& said,
                                       model::TextArena& texts);

 private:
  using Key = std::optional<std::int64_t>;

  /// What was given of a process last.
  struct Given {
    std::int64_t attribute_no = -1;
    std::int64_t activity_no = -1;
    std::int64_t room_set_no = -1;
    std::shared_ptr<model::TextArena> texts;  ///< of the attributes, and of numbers kept as texts
    std::shared_ptr<const model::ProcessAttributes> attributes;
    std::shared_ptr<const model::RoomList> rooms;
    std::shared_ptr<const Rooms> listed;  ///< likewise
    std::shared_ptr<const model::ProcessRecord> record;
  };

  [[nodiscard]] model::Text text_of(const Key& label_key, model::TextArena& texts);
  void read_attributes(const ask::ListStoredObservations::Out& said, Given& given);
  void put_ports(std::int64_t process_key, std::int64_t port_set_no,
                 model::ProcessAttributes& attributes, model::TextArena& texts);
  [[nodiscard]] std::shared_ptr<const model::ProcessRecord> record(
      const ask::ListStoredObservations::Out& said, Given& given);
  void read_rooms(std::int64_t process_key, std::int64_t room_set_no, Given& given);
  template <class Row>
  [[nodiscard]] model::RoomRecord room_of(const Row& row, model::TextArena& texts);

  Reader& reader_;
  Query<ingest::LoadProcessAttributes> attributes_;
  Query<ingest::LoadPorts> ports_;
  Query<ingest::LoadProcessActivity> activity_;
  Query<ask::ListListedRooms> rooms_;
  Query<ask::ListStoredAllocations> allocations_;
  std::unordered_map<std::int64_t, Given> given_;  ///< by process
  std::shared_ptr<const Rooms> listed_;            ///< null: none
};

}  // namespace fleetmeter::store
