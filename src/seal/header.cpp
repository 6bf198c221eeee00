#include "seal/header.hpp"

#include <limits>

#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "seal/lines.hpp"

namespace fleetmeter::seal {

namespace {

/// Reads the members of a line into a header.
class Reading {
 public:
  explicit Reading(const decode::JsonTree& root) : root_(root) {}

  void take(const char* name, std::optional<std::string>& value) const {
    if (const decode::JsonTree* const found = root_.find(name)) {
      value = found->text;
    }
  }
  void take(const char* name, std::optional<std::int64_t>& value) const {
    if (const decode::JsonTree* const found = root_.find(name)) {
      value = static_cast<std::int64_t>(number_in(*found));
    }
  }
  template <class Value>
  void take(const char* name, Value& value) const {
    std::optional<Value> maybe;
    take(name, maybe);
    value = maybe.value_or(Value());
  }

 private:
  const decode::JsonTree& root_;
};

}  // namespace

const std::vector<Column<Header>>& Header::columns() {
  using Row = Header;
  static const std::vector<Column<Row>> kColumns{
      {"line", "", [](const Row&) -> Cell { return std::string("seal"); }},
      {"format", "", [](const Row&) -> Cell { return std::string("fleetmeter-seal@v1"); }},
      Field<&Row::origin>{"origin", ""},
      Field<&Row::month>{"month", ""},
      Field<&Row::zone>{"zone", ""},
      Field<&Row::from_ms>{"from_ms", ""},
      Field<&Row::to_ms>{"to_ms", ""},
      Field<&Row::as_of_ms>{"as_of_ms", ""},
      Field<&Row::known_seq>{"known_seq", ""},
      Field<&Row::snapshots>{"snapshots", ""},
      Field<&Row::knowledge>{"knowledge", ""},
      Field<&Row::grace_ms>{"grace_ms", ""},
      Field<&Row::max_lifespan_ms>{"max_lifespan_ms", ""},
      Field<&Row::absence>{"absence", ""},
      Field<&Row::version>{"version", ""},
      Field<&Row::rates>{"rates", ""},
      Field<&Row::policy>{"policy", ""},
      Field<&Row::money_seq>{"money_seq", ""},
      Field<&Row::money_digest>{"money_digest", ""},
      Field<&Row::public_key>{"public_key", ""},
      Field<&Row::previous_root>{"previous_root", ""},
      Field<&Row::usage_lines>{"usage_lines", ""},
      Field<&Row::cost_lines>{"cost_lines", ""},
      Field<&Row::adjustment_lines>{"adjustment_lines", ""},
  };
  return kColumns;
}

Header read_header(const std::string& line) {
  const decode::JsonTree root = decode::read_json(line);
  const Reading reading(root);
  Header header;
  reading.take("origin", header.origin);
  reading.take("month", header.month);
  reading.take("zone", header.zone);
  reading.take("from_ms", header.from_ms);
  reading.take("to_ms", header.to_ms);
  reading.take("as_of_ms", header.as_of_ms);
  reading.take("known_seq", header.known_seq);
  reading.take("snapshots", header.snapshots);
  reading.take("knowledge", header.knowledge);
  reading.take("grace_ms", header.grace_ms);
  reading.take("max_lifespan_ms", header.max_lifespan_ms);
  reading.take("absence", header.absence);
  reading.take("version", header.version);
  reading.take("rates", header.rates);
  reading.take("policy", header.policy);
  reading.take("money_seq", header.money_seq);
  reading.take("money_digest", header.money_digest);
  reading.take("public_key", header.public_key);
  reading.take("previous_root", header.previous_root);
  reading.take("usage_lines", header.usage_lines);
  reading.take("cost_lines", header.cost_lines);
  reading.take("adjustment_lines", header.adjustment_lines);
  if (line_of(header) != line) {
    throw Error(ErrorKind::data,
                "line 0 is not the first line of a seal, as this version makes it");
  }
  return header;
}

Question question_of(const Header& header) {
  Question question;
  question.tz = header.zone;
  question.from_ms = header.from_ms;
  question.to_ms = header.to_ms;
  question.as_of_ms = header.as_of_ms;
  question.grace_ms = header.grace_ms;
  question.max_lifespan_ms = header.max_lifespan_ms;
  question.absence = parse_absence("absence", header.absence);
  return question;
}

}  // namespace fleetmeter::seal
