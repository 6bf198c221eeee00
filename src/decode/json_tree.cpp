#include "decode/json_tree.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kMostLevels = 64;

/// Builds the tree from the parser's events.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder() = default;
  TreeBuilder(const TreeBuilder&) = delete;  // open_ points into root
  TreeBuilder& operator=(const TreeBuilder&) = delete;

  JsonTree root;

  bool null() override { return put(JsonTree::Kind::null, ""); }
  bool boolean(bool value) override {
    return put(JsonTree::Kind::boolean, value ? "true" : "false");
  }
  bool number_integer(number_integer_t value) override {
    return put(JsonTree::Kind::number, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return put(JsonTree::Kind::number, std::to_string(value));
  }
  bool number_float(number_float_t /*value*/, const string_t& written) override {
    return put(JsonTree::Kind::number, written);
  }
  bool string(string_t& value) override { return put(JsonTree::Kind::text, value); }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*size*/) override { return open(JsonTree::Kind::object); }
  bool start_array(std::size_t /*size*/) override { return open(JsonTree::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (std::any_of(open_.back()->members.begin(), open_.back()->members.end(),
                    [&](const auto& member) { return member.name == name; })) {
      throw Error(ErrorKind::data, "a member stands twice in one object (" + printable(name) + ")");
    }
    name_ = name;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::json::exception& /*error*/) override {
    position_ = position;
    token_ = token;
    return false;
  }

  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] const std::string& token() const { return token_; }

 private:
  JsonTree& place() {
    if (open_.empty()) {
      return root;
    }
    JsonTree& parent = *open_.back();
    return parent.kind == JsonTree::Kind::array
               ? parent.items.emplace_back()
               : parent.members.emplace_back(JsonMember{name_, {}}).value;
  }
  bool put(JsonTree::Kind kind, const std::string& text) {
    JsonTree& node = place();
    node.kind = kind;
    node.text = text;
    return true;
  }
  bool open(JsonTree::Kind kind) {
    if (open_.size() == kMostLevels) {
      throw Error(ErrorKind::data, "nested over " + std::to_string(kMostLevels) + " levels deep");
    }
    JsonTree& node = place();
    node.kind = kind;
    open_.push_back(&node);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<JsonTree*> open_;  ///< what is not closed yet, innermost last
  std::string name_;
  std::size_t position_ = 0;
  std::string token_;
};

std::string place_of(std::string_view bytes, std::size_t position) {
  const std::string_view before = bytes.substr(0, std::min(position, bytes.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t begin = before.rfind('\n');
  const std::size_t column = before.size() - (begin == std::string_view::npos ? 0 : begin + 1);
  return "line " + std::to_string(line) + ", column " +
         std::to_string(std::max<std::size_t>(column, 1));
}

}  // namespace

const JsonTree* JsonTree::find(std::string_view name) const {
  for (const auto& [known, value] : members) {
    if (known == name) {
      return value.kind == Kind::null ? nullptr : &value;
    }
  }
  return nullptr;
}

JsonTree read_json(std::string_view bytes) {
  TreeBuilder builder;
  if (!nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder)) {
    throw Error(ErrorKind::data, place_of(bytes, builder.position()) + ": not JSON (" +
                                     printable(builder.token(), 60) + ")");
  }
  return std::move(builder.root);
}

}  // namespace fleetmeter::decode
