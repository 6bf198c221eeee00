#pragma once

#include <string>

namespace fleetmeter::test {

/// Compares a page of docs/ with what it should be, or writes it where FLEETMETER_UPDATE_DOCS is
/// set.
void check_page(const std::string& name, const std::string& text);

}  // namespace fleetmeter::test
