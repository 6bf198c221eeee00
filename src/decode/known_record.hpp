#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/field_table.hpp"
#include "decode/process_fields.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

class RecordDecoder;

/// A record that was decoded without fault, kept with the places of its members. The next record of
/// the same process is compared with it, member by member.
struct KnownRecord {
  /// The place of a value inside the record. What is inside an object or array is looked at when it
  /// is asked for: most records are equal to the last byte, or differ in a scalar.
  struct Node {
    std::uint16_t key_begin = 0;  ///< where the key's opening quote stands; elements have no key
    std::uint16_t key_size = 0;   ///< with both quotes
    std::uint16_t value_begin = 0;
    std::uint16_t value_size = 0;
    std::uint16_t first_child = 0;  ///< the first of its members or elements; 0: not looked at
    std::uint8_t child_count = 0;
    std::int8_t field = FieldTable::kUnknown;  ///< of the record's own members: a ProcessField
  };

  KnownRecord() = default;
  KnownRecord(const KnownRecord&) = delete;  // RecordMemory finds it by a view of its id
  KnownRecord& operator=(const KnownRecord&) = delete;

  static constexpr std::size_t kMostChildren = 64;  // what was seen is kept in the bits of a word
  static constexpr std::size_t kSlots = 64;         // of the table of keys

  std::string id;
  std::string bytes;
  std::vector<Node> nodes;       ///< the record's own members first
  std::size_t member_count = 0;  ///< how many those are
  int counter = -1;              ///< the member with the egress counter, -1 when there is none
  bool is_hashed = false;        ///< by_key is filled
  std::array<std::int8_t, kSlots> by_key{};  ///< hash of a key → member, -1 or another's
  unsigned outside = 0;  ///< in how many brackets it stood; inside those it was not too deep
  std::int64_t placeholder_times = 0;  ///< how many of its times mean none
  model::Observation observation;
  KnownRecord* next = nullptr;  ///< the record that followed it last time
  std::uint64_t used_in_document = 0;
  std::size_t counted_bytes = 0;  ///< what RecordMemory has counted of memory()

  /// Takes in a record that is JSON on one line. With too many members it will equal no other.
  void index(std::string_view record, FieldTable& fields);

  /// Whether both have members of the same names, in whatever order.
  [[nodiscard]] bool has_members_of(const KnownRecord& other);

  /// Takes over what index() wrote into another one.
  void replace(KnownRecord& indexed);

  /// Takes in a record whose members stand at `places`. The vector from before is given in return.
  void take(std::string_view record, std::vector<Node>& places);

  /// Notes what is inside an object or array. False when that is nothing, or too much to be known.
  [[nodiscard]] bool open(std::size_t node);

  /// The bytes between the beginning of the processId member and its text.
  [[nodiscard]] std::string_view id_begins() const;

  /// The bytes of memory that it takes, roughly.
  [[nodiscard]] std::size_t memory() const;

  [[nodiscard]] std::string_view key(const Node& node) const {
    return std::string_view(bytes).substr(node.key_begin, node.key_size);
  }
  [[nodiscard]] std::string_view value(const Node& node) const {
    return std::string_view(bytes).substr(node.value_begin, node.value_size);
  }
  /// The number of the member with this key, which stands in quotes, or -1.
  [[nodiscard]] int find_member(std::string_view quoted);

 private:
  void hash_keys();
  void count_members();
};

/// Longest record that is kept to be compared with; places in it have 16 bits.
inline constexpr std::size_t kLongestKnownRecord = 16 * 1024;

/// In what a record differs from the known one that it was compared with.
struct Difference {
  std::size_t length = 0;  ///< of the record compared
  model::Integer egressed_bytes;
  std::shared_ptr<model::ProcessRecord> changed;  ///< null when only the counter differs
};

/// Compares a known record with the one that `ahead` begins with. Nothing when that is not
/// recognised. A list of rooms that differs is decoded by `decoder`, if it is nested at most
/// `deepest` deep. When more than the counter differs, `places` says where the members stand.
[[nodiscard]] std::optional<Difference> compare(KnownRecord& known, std::string_view ahead,
                                                RecordDecoder& decoder, unsigned deepest,
                                                std::vector<KnownRecord::Node>& places);

}  // namespace fleetmeter::decode
