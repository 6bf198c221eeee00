#include <map>
#include <utility>

#include "decode/money_documents.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::decode {

namespace {

model::Deployment read_one(MoneyFields& fields) {
  model::Deployment one;
  one.app_id = fields.required_text({"appId", "app_id", "AppId"});
  const auto id = fields.deployment_id({"deploymentId", "deployment_id", "DeploymentId"});
  one.deployment_id = id.value_or("");
  if (id ? id->empty()
         : fields.child({"deploymentId", "deployment_id", "DeploymentId"}) == nullptr) {
    fields.note("deploymentId", "is missing");
  }
  one.requested_cpu = fields.decimal({"requestedCPU", "requested_cpu", "requestedCpu", "vcpu"});
  one.requested_memory_mb =
      fields.decimal({"requestedMemoryMB", "requested_memory_mb", "requestedMemoryMb"});
  one.rooms_per_process =
      fields.integer({"roomsPerProcess", "rooms_per_process", "RoomsPerProcess"});
  one.plan = fields.text({"planName", "plan_name", "plan", "PlanName"});
  one.created_at_ms = fields.instant({"createdAt", "created_at", "CreatedAt"});
  if (one.requested_cpu && one.requested_cpu->digits() <= 0) {
    fields.note("requestedCPU", "not greater than 0 (" + to_text(*one.requested_cpu) + ")");
  }
  return one;
}

bool says_the_same(const model::Deployment& a, const model::Deployment& b) {
  return a.requested_cpu == b.requested_cpu && a.requested_memory_mb == b.requested_memory_mb &&
         a.rooms_per_process == b.rooms_per_process && a.plan == b.plan;
}

/// Notes deployments of which one document says two things: nobody can tell which it means.
void note_contradictions(MoneyDocument<model::Deployment>& document) {
  std::map<std::pair<std::string, std::string>, const model::Deployment*> known;
  for (const model::Deployment& one : document.items) {
    const model::Deployment*& before = known[{one.app_id, one.deployment_id}];
    if (before != nullptr && !says_the_same(*before, one)) {
      const auto size = [](const model::Deployment& of) {
        return of.requested_cpu ? to_text(*of.requested_cpu) + " vCPU" : "an unknown size";
      };
      document.problems.push_back({"", "deployment " + one.deployment_id + " of " + one.app_id +
                                           " stands there twice and differs (" + size(*before) +
                                           ", then " + size(one) + "); the last counts"});
    }
    before = &one;
  }
}

}  // namespace

JsonTree read_money(std::string_view bytes) {
  bytes = without_byte_order_mark(bytes);
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  const bool is_json =
      begin != std::string_view::npos && (bytes[begin] == '{' || bytes[begin] == '[');
  return is_json ? read_json(bytes) : read_csv(bytes);
}

MoneyDocument<model::Deployment> read_deployments(std::string_view bytes) {
  const JsonTree root = read_money(bytes);
  MoneyDocument<model::Deployment> document;
  const JsonTree* const page = root.find("deployments");
  const auto read = [&](const JsonTree& object, const std::string& pointer) {
    MoneyFields fields(object, pointer, document.problems);
    if (fields.clean()) {
      model::Deployment one = read_one(fields);
      if (fields.clean()) {
        document.items.push_back(std::move(one));
      }
    }
  };
  const JsonTree& list = page != nullptr ? *page : root;
  if (list.kind != JsonTree::Kind::array) {
    read(list, "");
    return document;
  }
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    read(list.items[i], (page != nullptr ? "/deployments/" : "/") + std::to_string(i));
  }
  note_contradictions(document);
  return document;
}

}  // namespace fleetmeter::decode
