#include "base/calendar.hpp"
#include "base/time_text.hpp"
#include "decode/money_documents.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "model/policy_names.hpp"

namespace fleetmeter::decode {

namespace {

using model::Policy;

const JsonTree& part(MoneyFields& fields, std::string_view name) {
  static const JsonTree kNone{JsonTree::Kind::object, "", {}, {}};
  const JsonTree* const found = fields.child({name});
  return found == nullptr ? kNone : *found;
}

std::string zone(MoneyFields& fields) {
  std::string name = fields.text({"zone"}).value_or("UTC");
  try {
    static_cast<void>(base::Zone(name));
  } catch (const Error& error) {
    const std::string message = error.what();  // names the option first, which this is not
    fields.note("zone", message.substr(message.find(": ") + 2));
  }
  return name;
}

std::int64_t minimum(MoneyFields& fields) {
  const std::optional<std::string> text = fields.text({"minimum"});
  const auto ms = text ? base::parse_duration(*text) : std::optional<std::int64_t>(0);
  if (!ms) {
    fields.note("minimum", "not a duration like 1m (" + printable(*text, 60) + ")");
  }
  return ms.value_or(0);
}

}  // namespace

MoneyDocument<Policy> read_policy(std::string_view bytes) {
  const JsonTree root = read_json(bytes);
  MoneyDocument<Policy> document;
  MoneyFields fields(root, "", document.problems);
  Policy policy;
  if (fields.integer({"fleetmeter_policy"}) != 1) {
    fields.note("fleetmeter_policy", "a policy begins with \"fleetmeter_policy\": 1");
  }
  policy.name = fields.required_text({"name"});
  policy.summary = fields.text({"summary"}, MoneyFields::kLongestText).value_or("");
  MoneyFields clock(part(fields, "clock"), "/clock", document.problems);
  policy.clock_start = clock.choice({"start"}, model::kClockFields, policy.clock_start);
  policy.clock_stop = clock.choice({"stop"}, model::kClockFields, policy.clock_stop);
  if (policy.clock_stop <= policy.clock_start) {
    clock.note("stop",
               "does not come after the start in a process's life, so that nothing would be "
               "billed");
  }
  clock.refuse_others();
  MoneyFields rounding(part(fields, "rounding"), "/rounding", document.problems);
  policy.step_ms = rounding.choice({"step"}, model::kSteps, policy.step_ms);
  policy.step_per = rounding.choice({"per"}, model::kStepPer, policy.step_per);
  policy.step_direction =
      rounding.choice({"direction"}, model::kStepDirections, policy.step_direction);
  rounding.refuse_others();
  policy.minimum_ms = minimum(fields);
  policy.gb_is_gib = fields.choice({"gb"}, model::kGb, policy.gb_is_gib);
  policy.zone = zone(fields);
  policy.running = fields.choice({"running"}, model::kOpenRules, policy.running);
  policy.orphan = fields.choice({"orphan"}, model::kOpenRules, policy.orphan);
  policy.amounts = fields.choice({"amounts"}, model::kRoundings, policy.amounts);
  fields.refuse_others();
  if (document.problems.empty()) {
    document.items.push_back(std::move(policy));
  }
  return document;
}

}  // namespace fleetmeter::decode
