#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetmeter::test {

/// What in a statement another database than SQLite would refuse, or answer otherwise: each as
/// `rule: the place`. PostgreSQL is meant; what it was seen to do is in the rules' comments.
[[nodiscard]] std::vector<std::string> unportable(std::string_view sql);

}  // namespace fleetmeter::test
