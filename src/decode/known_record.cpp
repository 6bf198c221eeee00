// How a known record is indexed. Its bytes were accepted by the decoder, so that this pass needs to
// find places only; record_difference.cpp does the comparing.

#include "decode/known_record.hpp"

#include <algorithm>
#include <limits>

#include "base/invariant.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

using Node = KnownRecord::Node;

constexpr std::size_t kMostNodes = 4096;

// What a node writes down fits it.
static_assert(kLongestKnownRecord <= std::numeric_limits<decltype(Node::value_begin)>::max());
static_assert(kMostNodes <= std::numeric_limits<decltype(Node::first_child)>::max());
static_assert(KnownRecord::kMostChildren <=
              std::numeric_limits<decltype(Node::child_count)>::max());
static_assert(FieldTable::kMostFields <=
              std::size_t{std::numeric_limits<decltype(Node::field)>::max()});
// Every member has a bit in a word, and a slot in the table of keys.
static_assert(KnownRecord::kMostChildren <= std::numeric_limits<std::uint64_t>::digits);
static_assert(KnownRecord::kMostChildren <= KnownRecord::kSlots);
static_assert(KnownRecord::kMostChildren <= std::size_t{std::numeric_limits<std::int8_t>::max()});

std::size_t slot_of(std::string_view key) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
  return (key.size() * 7U + at(1) * 5U + at(key.size() / 2) * 3U + at(key.size() - 2)) %
         KnownRecord::kSlots;
}

/// Walks over an object or array and writes down where its values stand.
class Indexer {
 public:
  Indexer(std::string_view bytes, std::vector<KnownRecord::Node>& nodes)
      : bytes_(bytes), nodes_(nodes) {}

  /// Notes the values of the container that begins at `at`; false when they are too many.
  [[nodiscard]] bool walk(std::size_t at) {
    at_ = at;
    const std::size_t first = nodes_.size();
    const bool is_object = bytes_[at_] == '{';
    ++at_;
    for (skip_space(); !at_close(); skip_space()) {
      if (bytes_[at_] == ',') {
        ++at_;
        skip_space();
      }
      KnownRecord::Node node;
      if (is_object) {
        node.key_begin = here();
        skip_string();
        node.key_size = static_cast<std::uint16_t>(at_ - node.key_begin);
        skip_space();
        ++at_;  // the colon
        skip_space();
      }
      node.value_begin = here();
      skip_value();
      node.value_size = static_cast<std::uint16_t>(at_ - node.value_begin);
      nodes_.push_back(node);
    }
    return nodes_.size() - first <= KnownRecord::kMostChildren && nodes_.size() <= kMostNodes;
  }

 private:
  [[nodiscard]] std::uint16_t here() const { return static_cast<std::uint16_t>(at_); }
  [[nodiscard]] bool at_close() const { return bytes_[at_] == '}' || bytes_[at_] == ']'; }

  void skip_space() {
    while (is_space(bytes_[at_])) {
      ++at_;
    }
  }

  void skip_string() {
    const char* const end = bytes_.data() + bytes_.size();
    const char* stop = skip_string_run(bytes_.data() + at_ + 1, end);
    while (*stop == '\\') {
      stop = skip_string_run(stop + 2, end);
    }
    at_ = static_cast<std::size_t>(stop - bytes_.data()) + 1;
  }

  void skip_value() {
    if (bytes_[at_] == '"') {
      return skip_string();
    }
    if (class_of(bytes_[at_]) == ByteClass::open) {
      return skip_container();
    }
    while (bytes_[at_] != ',' && !at_close() && !is_space(bytes_[at_])) {
      ++at_;
    }
  }

  void skip_container() {
    std::size_t depth = 0;
    do {
      const ByteClass kind = class_of(bytes_[at_]);
      if (kind == ByteClass::quote) {
        skip_string();
        continue;
      }
      depth += kind == ByteClass::open ? 1 : 0;
      depth -= kind == ByteClass::close ? 1 : 0;
      ++at_;
    } while (depth > 0);
  }

  std::string_view bytes_;
  std::vector<KnownRecord::Node>& nodes_;
  std::size_t at_ = 0;
};

}  // namespace

void KnownRecord::index(std::string_view record, FieldTable& fields) {
  base::check(!record.empty() && record.size() <= kLongestKnownRecord,
              "places in a known record fit 16 bits");
  bytes = record;
  nodes.clear();
  count_members();  // none: it equals nothing
  if (!Indexer(bytes, nodes).walk(0)) {
    return;
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::string_view quoted = key(nodes[i]);
    if (quoted.size() < 3) {
      return;  // a member without a name has no place in the table
    }
    nodes[i].field = static_cast<std::int8_t>(fields.at(i, quoted.substr(1, quoted.size() - 2)));
  }
  count_members();
}

bool KnownRecord::has_members_of(const KnownRecord& other) {
  if (member_count != other.member_count) {
    return false;
  }
  for (std::size_t i = 0; i < member_count; ++i) {
    const std::string_view name = other.key(other.nodes[i]);
    if (key(nodes[i]) != name && find_member(name) < 0) {
      return false;
    }
  }
  return true;
}

void KnownRecord::replace(KnownRecord& indexed) {
  bytes.swap(indexed.bytes);
  nodes.swap(indexed.nodes);
  member_count = indexed.member_count;
  counter = indexed.counter;
  is_hashed = false;
}

void KnownRecord::take(std::string_view record, std::vector<Node>& places) {
  base::check(record.size() <= kLongestKnownRecord && places.size() == member_count,
              "a record that is taken in has the known members, at places that fit 16 bits");
  bytes = record;
  nodes.swap(places);
  count_members();
}

void KnownRecord::count_members() {
  is_hashed = false;
  member_count = nodes.size();
  const auto found = std::find_if(nodes.begin(), nodes.end(), [](const Node& node) {
    return node.field == static_cast<int>(ProcessField::egressed_bytes);
  });
  counter = found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
}

bool KnownRecord::open(std::size_t node) {
  if (nodes[node].first_child == 0) {
    const std::size_t first = nodes.size();
    if (!Indexer(bytes, nodes).walk(nodes[node].value_begin)) {
      nodes.resize(first);
      return false;
    }
    nodes[node].first_child = static_cast<std::uint16_t>(first);
    nodes[node].child_count = static_cast<std::uint8_t>(nodes.size() - first);
  }
  return nodes[node].child_count > 0;
}

int KnownRecord::find_member(std::string_view quoted) {
  if (quoted.size() < 3) {
    return -1;
  }
  if (!is_hashed) {
    hash_keys();
  }
  std::size_t slot = slot_of(quoted);
  for (std::size_t tried = 0; tried < by_key.size() && by_key[slot] >= 0; ++tried) {
    if (key(nodes[static_cast<std::size_t>(by_key[slot])]) == quoted) {
      return by_key[slot];
    }
    slot = (slot + 1) % by_key.size();
  }
  return -1;
}

void KnownRecord::hash_keys() {
  base::check(member_count <= kSlots, "there is a free slot for each key");
  is_hashed = true;
  by_key.fill(-1);
  for (std::size_t i = 0; i < member_count; ++i) {
    std::size_t slot = slot_of(key(nodes[i]));
    while (by_key[slot] >= 0) {
      slot = (slot + 1) % by_key.size();
    }
    by_key[slot] = static_cast<std::int8_t>(i);
  }
}

std::string_view KnownRecord::id_begins() const {
  for (std::size_t i = 0; i < member_count; ++i) {
    if (nodes[i].field == static_cast<int>(ProcessField::process_id)) {
      const Node& node = nodes[i];
      return {bytes.data() + node.key_begin, node.value_begin + std::size_t{1} - node.key_begin};
    }
  }
  return {};
}

std::size_t KnownRecord::memory() const {
  constexpr std::size_t kTexts = 384;  // of the attributes, or of two rooms, with their blocks
  const std::size_t rooms = observation->rooms().size();
  return sizeof(KnownRecord) + sizeof(model::ProcessRecord) + sizeof(model::ProcessAttributes) +
         sizeof(model::TextArena) + kTexts + rooms * (sizeof(model::RoomRecord) + kTexts / 2) +
         bytes.capacity() + nodes.capacity() * sizeof(Node);
}

}  // namespace fleetmeter::decode
