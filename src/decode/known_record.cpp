// How a known record is indexed. Its bytes were accepted by the decoder, so that this pass needs to
// find places only; record_difference.cpp does the comparing.

#include "decode/known_record.hpp"

#include <algorithm>

#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kMostNodes = 4096;

std::size_t slot_of(std::string_view key) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
  return (key.size() * 7U + at(1) * 5U + at(key.size() / 2) * 3U + at(key.size() - 2)) % 64U;
}

/// Walks over a record and writes down where its values stand.
class Indexer {
 public:
  Indexer(std::string_view bytes, std::vector<KnownRecord::Node>& nodes)
      : bytes_(bytes), nodes_(nodes) {}

  /// Notes the children of a container that begins here and walks past it. False when it cannot.
  [[nodiscard]] bool walk(std::size_t parent) {
    std::vector<KnownRecord::Node> children;
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
        node.key_size = here() - node.key_begin;
        skip_space();
        ++at_;  // the colon
        skip_space();
      }
      node.value_begin = here();
      skip_value();
      node.value_size = here() - node.value_begin;
      children.push_back(node);
      if (children.size() > KnownRecord::kMostChildren) {
        return false;
      }
    }
    const std::size_t end = ++at_;
    const std::size_t first = nodes_.size();
    nodes_.insert(nodes_.end(), children.begin(), children.end());
    if (nodes_.size() > kMostNodes) {
      return false;
    }
    if (parent == kRecord) {
      member_count_ = children.size();
    } else {
      nodes_[parent].first_child = static_cast<std::uint16_t>(first);
      nodes_[parent].child_count = static_cast<std::uint16_t>(children.size());
    }
    for (std::size_t i = first; i < first + children.size(); ++i) {
      at_ = nodes_[i].value_begin;
      if ((bytes_[at_] == '{' || bytes_[at_] == '[') && !walk(i)) {
        return false;
      }
    }
    at_ = end;
    return true;
  }

  static constexpr std::size_t kRecord = static_cast<std::size_t>(-1);
  [[nodiscard]] std::size_t member_count() const { return member_count_; }

 private:
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(at_); }
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
    std::size_t depth = 0;
    do {
      switch (bytes_[at_]) {
        case '"':
          skip_string();
          break;
        case '{':
        case '[':
          ++depth;
          ++at_;
          break;
        case '}':
        case ']':
          --depth;
          ++at_;
          break;
        case ',':
        case ':':
          ++at_;
          break;
        default:
          at_ = std::min(bytes_.find_first_of(",:]}{[\" \t\r", at_ + 1), bytes_.size());
      }
    } while (depth > 0);
  }

  std::string_view bytes_;
  std::vector<KnownRecord::Node>& nodes_;
  std::size_t at_ = 0;
  std::size_t member_count_ = 0;
};

}  // namespace

bool KnownRecord::index(const FieldTable& fields) {
  nodes.clear();
  by_key.fill(-1);
  member_count = 0;
  Indexer indexer(bytes, nodes);
  if (!indexer.walk(Indexer::kRecord)) {
    return false;
  }
  for (std::size_t i = 0; i < indexer.member_count(); ++i) {
    const std::string_view quoted = key(nodes[i]);
    if (quoted.size() < 3) {
      return false;  // a member without a name has no place in the table
    }
    nodes[i].field =
        static_cast<std::int8_t>(fields.number_of(quoted.substr(1, quoted.size() - 2)));
    std::size_t slot = slot_of(quoted);
    while (by_key[slot] >= 0) {
      slot = (slot + 1) % by_key.size();
    }
    by_key[slot] = static_cast<std::int8_t>(i);
  }
  member_count = indexer.member_count();
  return true;
}

int KnownRecord::find_member(std::string_view quoted) const {
  if (quoted.size() < 3) {
    return -1;
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

std::string_view KnownRecord::id_begins() const {
  for (std::size_t i = 0; i < member_count; ++i) {
    if (nodes[i].field == static_cast<int>(ProcessField::process_id)) {
      return std::string_view(bytes).substr(nodes[i].key_begin,
                                            nodes[i].value_begin + 1 - nodes[i].key_begin);
    }
  }
  return {};
}

std::size_t KnownRecord::memory() const {
  // The texts of the decoded record take about as much as its bytes.
  return sizeof(KnownRecord) + sizeof(model::ProcessRecord) + 2 * bytes.capacity() +
         nodes.capacity() * sizeof(Node);
}

}  // namespace fleetmeter::decode
