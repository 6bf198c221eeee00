#include "model/document.hpp"

#include "base/text.hpp"

namespace fleetmeter::model {

bool is_running_list(const DocumentHead& head) {
  return head.is_list && head.list_kind && base::ascii_lower(*head.list_kind) == "running";
}

}  // namespace fleetmeter::model
